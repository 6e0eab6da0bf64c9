"""Made by `make docs` of templates/_opening.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_opening.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_symbol = resolve('symbol')
    l_0_headline = resolve('headline')
    l_0_a = resolve('a')
    l_0_verdict = resolve('verdict')
    l_0_tally = resolve('tally')
    l_0_cost_line = resolve('cost_line')
    l_0_since_line = resolve('since_line')
    l_0_approvals_line = resolve('approvals_line')
    l_0_blockers = resolve('blockers')
    l_0_blockers_by_code = resolve('blockers_by_code')
    l_0_steps = resolve('steps')
    l_0_replies = resolve('replies')
    l_0_m = missing
    try:
        t_1 = environment.filters['block']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'block' found.")
    try:
        t_2 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_3 = environment.filters['inline']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'inline' found.")
    try:
        t_4 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_5 = environment.filters['map']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'map' found.")
    try:
        t_6 = environment.filters['sum']
    except KeyError:
        @internalcode
        def t_6(*unused):
            raise TemplateRuntimeError("No filter named 'sum' found.")
    pass
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', '_opening.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    yield '## '
    yield environment.finalize((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol))
    yield ' '
    yield t_3((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    if (undefined(name='a') if l_0_a is missing else l_0_a).project:
        pass
        yield ': '
        yield t_2((undefined(name='a') if l_0_a is missing else l_0_a).project, 80)
        yield ' to '
        yield t_2((undefined(name='a') if l_0_a is missing else l_0_a).environment, 40)
    yield '\n\n**'
    yield t_3((undefined(name='verdict') if l_0_verdict is missing else l_0_verdict))
    yield '** '
    yield t_3((undefined(name='tally') if l_0_tally is missing else l_0_tally))
    yield '.'
    if (undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line):
        pass
        yield ' '
        yield t_3((undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line), 240)
        yield '.'
    yield '\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).error:
        pass
        yield t_1((undefined(name='a') if l_0_a is missing else l_0_a).error)
        yield '\n\n'
    if (undefined(name='since_line') if l_0_since_line is missing else l_0_since_line):
        pass
        yield t_3((undefined(name='since_line') if l_0_since_line is missing else l_0_since_line), 400)
        yield '.\n\n'
    for l_1_note in (undefined(name='a') if l_0_a is missing else l_0_a).notes[:5]:
        _loop_vars = {}
        pass
        yield '> '
        yield t_3(l_1_note, 300)
        yield '\n\n'
    l_1_note = missing
    if (undefined(name='approvals_line') if l_0_approvals_line is missing else l_0_approvals_line):
        pass
        yield '**Approvals**: '
        yield t_3((undefined(name='approvals_line') if l_0_approvals_line is missing else l_0_approvals_line), 400)
        yield '\n\n'
    if (undefined(name='blockers') if l_0_blockers is missing else l_0_blockers):
        pass
        yield '**What blocks**\n\n'
        l_1_loop = missing
        for l_1_same, l_1_loop in LoopContext((undefined(name='blockers_by_code') if l_0_blockers_by_code is missing else l_0_blockers_by_code)[:5], undefined):
            _loop_vars = {}
            pass
            yield environment.finalize(l_1_loop.index)
            yield '. '
            yield t_3(environment.getitem(l_1_same, 0).severity.value)
            yield ': '
            l_2_loop = missing
            for l_2_one, l_2_loop in LoopContext(l_1_same[:3], undefined):
                l_2_at = resolve('at')
                _loop_vars = {}
                pass
                yield '**'
                yield t_3(l_2_one.title, 160)
                yield '**'
                if (l_2_one.state == 'new'):
                    pass
                    yield ' (new)'
                if (t_4(l_1_same) == 1):
                    pass
                    yield ' '
                    yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).places(l_2_one, ))
                elif l_2_one.evidence:
                    pass
                    yield ' '
                    yield environment.finalize((undefined(name='at') if l_2_at is missing else l_2_at)(environment.getitem(l_2_one.evidence, 0).place, ))
                if (not l_2_loop.last):
                    pass
                    yield '; '
            l_2_loop = l_2_one = l_2_at = missing
            if (t_4(l_1_same) > 3):
                pass
                yield '; and '
                yield environment.finalize((t_4(l_1_same) - 3))
                yield ' more like these'
            yield '<br>'
            yield t_3(environment.getitem(l_1_same, 0).action, 240)
            yield '\n'
        l_1_loop = l_1_same = missing
        if (t_4((undefined(name='blockers_by_code') if l_0_blockers_by_code is missing else l_0_blockers_by_code)) > 5):
            pass
            yield '\n'
            yield environment.finalize(t_6(environment, t_5(context, (undefined(name='blockers_by_code') if l_0_blockers_by_code is missing else l_0_blockers_by_code)[5:], 'length')))
            yield ' more are listed below.\n'
        yield '\n'
    if (undefined(name='steps') if l_0_steps is missing else l_0_steps):
        pass
        yield '**What to do next**\n\n'
        l_1_loop = missing
        for l_1_step, l_1_loop in LoopContext((undefined(name='steps') if l_0_steps is missing else l_0_steps)[:5], undefined):
            _loop_vars = {}
            pass
            yield '- **'
            yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).names(l_1_step.who, ))
            yield '**: '
            yield t_3(l_1_step.what, 200)
            if l_1_step.details:
                pass
                yield ' ('
                l_2_loop = missing
                for l_2_detail, l_2_loop in LoopContext(l_1_step.details[:4], undefined):
                    _loop_vars = {}
                    pass
                    yield t_3(l_2_detail, 120)
                    if (not l_2_loop.last):
                        pass
                        yield '; '
                l_2_loop = l_2_detail = missing
                yield ')'
            if l_1_step.command:
                pass
                yield ' → '
                yield t_2(l_1_step.command, 120)
            yield '\n'
        l_1_loop = l_1_step = missing
        if (t_4((undefined(name='steps') if l_0_steps is missing else l_0_steps)) > 5):
            pass
            yield '- and '
            yield environment.finalize((t_4((undefined(name='steps') if l_0_steps is missing else l_0_steps)) - 5))
            yield ' more, see the action items\n'
        yield '\n'
    if (undefined(name='replies') if l_0_replies is missing else l_0_replies):
        pass
        yield '**Commands**, newest first\n\n'
        for l_1_one in (undefined(name='replies') if l_0_replies is missing else l_0_replies)[:5]:
            _loop_vars = {}
            pass
            yield '- '
            if (not l_1_one.accepted):
                pass
                yield 'refused: '
            yield t_3(l_1_one.text, 300)
            yield '\n'
        l_1_one = missing
        if (t_4((undefined(name='replies') if l_0_replies is missing else l_0_replies)) > 5):
            pass
            yield '- and '
            yield environment.finalize((t_4((undefined(name='replies') if l_0_replies is missing else l_0_replies)) - 5))
            yield ' earlier ones\n'
        yield '\n'

blocks = {}
debug_info = '1=60&2=63&5=73&8=83&9=85&12=87&13=89&16=91&17=95&20=98&21=101&24=103&27=107&28=110&30=146&32=149&36=152&39=156&40=160&43=182&44=185&48=188&51=191&52=195&54=201&55=204'
