"""Made by `make docs` of templates/summary.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'summary.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_a = resolve('a')
    l_0_symbol = resolve('symbol')
    l_0_headline = resolve('headline')
    l_0_verdict = resolve('verdict')
    l_0_tally = resolve('tally')
    l_0_schedule_headline = resolve('schedule_headline')
    l_0_cost_line = resolve('cost_line')
    l_0_matrix = resolve('matrix')
    l_0_groups = resolve('groups')
    l_0_resources = resolve('resources')
    l_0_resources_by_type = resolve('resources_by_type')
    l_0_waived = resolve('waived')
    l_0_unverified = resolve('unverified')
    l_0_steps = resolve('steps')
    l_0_m = missing
    try:
        t_1 = environment.filters['block']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'block' found.")
    try:
        t_2 = environment.filters['cell']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'cell' found.")
    try:
        t_3 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_4 = environment.filters['code_cell']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'code_cell' found.")
    try:
        t_5 = environment.filters['inline']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'inline' found.")
    try:
        t_6 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_6(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    pass
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', 'summary.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    yield '# Summary: '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).project, 80)
    yield ' to '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).environment, 40)
    yield '\n\n'
    yield environment.finalize((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol))
    yield ' **'
    yield t_5((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '** — '
    yield t_5((undefined(name='verdict') if l_0_verdict is missing else l_0_verdict))
    yield ' '
    yield t_5((undefined(name='tally') if l_0_tally is missing else l_0_tally))
    yield '.\n\n'
    for l_1_note in (undefined(name='a') if l_0_a is missing else l_0_a).notes[:10]:
        _loop_vars = {}
        pass
        yield '> '
        yield t_5(l_1_note, 300)
        yield '\n\n'
    l_1_note = missing
    if (undefined(name='a') if l_0_a is missing else l_0_a).error:
        pass
        yield t_1((undefined(name='a') if l_0_a is missing else l_0_a).error)
        yield '\n\n'
    template = environment.get_template('_since.md.j2', 'summary.md.j2')
    gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
    try:
        for event in gen:
            yield event
    finally: gen.close()
    if ((undefined(name='schedule_headline') if l_0_schedule_headline is missing else l_0_schedule_headline) or (undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line)):
        pass
        yield t_5((undefined(name='schedule_headline') if l_0_schedule_headline is missing else l_0_schedule_headline))
        if (undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line):
            pass
            yield ' '
            yield t_5((undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line), 240)
            yield '.'
        yield '\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).proposal:
        pass
        yield '## What this change does to its own rules\n\n'
        template = environment.get_template('_proposal.md.j2', 'summary.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).open_findings:
        pass
        yield '## Findings\n\n| finding, and where | expected and actual |\n| --- | --- |\n'
        for l_1_one in (undefined(name='a') if l_0_a is missing else l_0_a).open_findings[:30]:
            l_1_places_of = resolve('places_of')
            _loop_vars = {}
            pass
            yield '| **'
            yield t_2(l_1_one.severity.value)
            if l_1_one.blocking:
                pass
                yield ', blocks'
            yield '**<br>'
            yield t_2(l_1_one.title, 160)
            for l_2_place in (undefined(name='places_of') if l_1_places_of is missing else l_1_places_of)(l_1_one, )[:2]:
                l_2_at_cell = resolve('at_cell')
                _loop_vars = {}
                pass
                yield '<br>'
                yield environment.finalize((undefined(name='at_cell') if l_2_at_cell is missing else l_2_at_cell)(l_2_place, ))
            l_2_place = l_2_at_cell = missing
            yield ' | '
            yield t_2(l_1_one.expected, 160)
            yield '<br>but: '
            yield t_2(l_1_one.actual, 160)
            yield ' |\n'
        l_1_one = l_1_places_of = missing
        if (t_6((undefined(name='a') if l_0_a is missing else l_0_a).open_findings) > 30):
            pass
            yield '\n'
            yield environment.finalize((t_6((undefined(name='a') if l_0_a is missing else l_0_a).open_findings) - 30))
            yield ' more, none of them worse, are in the readiness report.\n'
        yield '\n'
    if (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).failing:
        pass
        yield '## Sources held against each other\n\n| sources | lines that hold | lines that fail | findings |\n| --- | ---: | ---: | --- |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).failing[:12], undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_2(l_1_one.left)
            yield ' and '
            yield t_2(l_1_one.right)
            yield ' | '
            yield environment.finalize(l_1_one.held)
            yield ' | '
            yield environment.finalize(l_1_one.failed)
            yield ' | '
            l_2_loop = missing
            for (l_2_code, l_2_count), l_2_loop in LoopContext(l_1_one.codes[:12], undefined):
                _loop_vars = {}
                pass
                yield t_4(l_2_code, 10)
                if (l_2_count > 1):
                    pass
                    yield ' ('
                    yield environment.finalize(l_2_count)
                    yield ')'
                if (not l_2_loop.last):
                    pass
                    yield ', '
            l_2_loop = l_2_code = l_2_count = missing
            yield ' |\n'
        l_1_loop = l_1_one = missing
        yield '\nPairs with a failed line, counted in checklist lines that rest on both. Where a line rests on more than two sources, its finding says which of them differ.\n\n'
    if (undefined(name='groups') if l_0_groups is missing else l_0_groups):
        pass
        yield '## Checklist\n\n'
        template = environment.get_template('_score.md.j2', 'summary.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n'
    if (undefined(name='resources') if l_0_resources is missing else l_0_resources):
        pass
        yield '## What would be deployed\n\n| type | resources |\n| --- | --- |\n'
        l_1_loop = missing
        for (l_1_kind, l_1_named), l_1_loop in LoopContext((undefined(name='resources_by_type') if l_0_resources_by_type is missing else l_0_resources_by_type)[:20], undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_4(l_1_kind, 80)
            yield ' | '
            yield environment.finalize(t_6(l_1_named))
            yield ': '
            l_2_loop = missing
            for l_2_one, l_2_loop in LoopContext(l_1_named[:8], undefined):
                _loop_vars = {}
                pass
                yield t_4((l_2_one.name or l_2_one.within_type), 80)
                if (not l_2_loop.last):
                    pass
                    yield ', '
            l_2_loop = l_2_one = missing
            if (t_6(l_1_named) > 8):
                pass
                yield ' and '
                yield environment.finalize((t_6(l_1_named) - 8))
                yield ' more'
            yield ' |\n'
        l_1_loop = l_1_kind = l_1_named = missing
        if (t_6((undefined(name='resources_by_type') if l_0_resources_by_type is missing else l_0_resources_by_type)) > 20):
            pass
            yield '\n'
            yield environment.finalize((t_6((undefined(name='resources_by_type') if l_0_resources_by_type is missing else l_0_resources_by_type)) - 20))
            yield ' more types are in the readiness report.\n'
        yield '\n'
    if (undefined(name='waived') if l_0_waived is missing else l_0_waived):
        pass
        yield '## Waived\n\n'
        for l_1_one in (undefined(name='waived') if l_0_waived is missing else l_0_waived)[:20]:
            _loop_vars = {}
            pass
            yield '- '
            yield t_5(l_1_one.title, 160)
            yield ', until '
            yield t_5(l_1_one.waiver.until, 20)
            yield ': '
            yield t_5(l_1_one.waiver.reason, 300)
            yield ' (by '
            yield t_3(l_1_one.waiver.by, 60)
            yield ')\n'
        l_1_one = missing
        if (t_6((undefined(name='waived') if l_0_waived is missing else l_0_waived)) > 20):
            pass
            yield '- and '
            yield environment.finalize((t_6((undefined(name='waived') if l_0_waived is missing else l_0_waived)) - 20))
            yield ' more\n'
        yield '\n'
    if (undefined(name='unverified') if l_0_unverified is missing else l_0_unverified):
        pass
        yield '## Not verified\n\n'
        for l_1_line in (undefined(name='unverified') if l_0_unverified is missing else l_0_unverified)[:20]:
            _loop_vars = {}
            pass
            yield '- '
            yield t_5(l_1_line.item, 200)
            yield ': '
            yield t_5(l_1_line.reason, 300)
            yield '\n'
        l_1_line = missing
        if (t_6((undefined(name='unverified') if l_0_unverified is missing else l_0_unverified)) > 20):
            pass
            yield '- and '
            yield environment.finalize((t_6((undefined(name='unverified') if l_0_unverified is missing else l_0_unverified)) - 20))
            yield ' more\n'
        yield '\n'
    if (undefined(name='steps') if l_0_steps is missing else l_0_steps):
        pass
        yield '## Next\n\n'
        l_1_loop = missing
        for l_1_step, l_1_loop in LoopContext((undefined(name='steps') if l_0_steps is missing else l_0_steps)[:12], undefined):
            _loop_vars = {}
            pass
            yield environment.finalize(l_1_loop.index)
            yield '. **'
            yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).names(l_1_step.who, ))
            yield '**: '
            yield t_5(l_1_step.what, 200)
            if (l_1_step.details and (not l_1_step.command)):
                pass
                yield ' ('
                l_2_loop = missing
                for l_2_detail, l_2_loop in LoopContext(l_1_step.details, undefined):
                    _loop_vars = {}
                    pass
                    yield t_5(l_2_detail, 120)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_detail = missing
                yield ')'
            yield '\n'
        l_1_loop = l_1_step = missing
        if (t_6((undefined(name='steps') if l_0_steps is missing else l_0_steps)) > 12):
            pass
            yield '\n'
            yield environment.finalize((t_6((undefined(name='steps') if l_0_steps is missing else l_0_steps)) - 12))
            yield ' more are in the action items.\n'

blocks = {}
debug_info = '1=62&2=65&4=69&6=77&7=81&10=84&11=86&14=88&15=94&16=96&20=103&23=106&26=113&31=116&32=121&34=140&36=143&40=146&45=150&46=154&52=179&55=182&58=189&63=193&64=197&66=217&68=220&72=223&75=226&76=230&78=239&79=242&83=245&86=248&87=252&89=257&90=260&94=263&97=267&98=270&101=290&103=293'
