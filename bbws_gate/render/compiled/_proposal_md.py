"""Made by `make docs` of templates/_proposal.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_proposal.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_a = resolve('a')
    l_0_then = resolve('then')
    l_0_headline = resolve('headline')
    l_0_proposal = missing
    try:
        t_1 = environment.filters['block']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'block' found.")
    try:
        t_2 = environment.filters['capitalize']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'capitalize' found.")
    try:
        t_3 = environment.filters['cell']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'cell' found.")
    try:
        t_4 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_5 = environment.filters['code_cell']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'code_cell' found.")
    try:
        t_6 = environment.filters['inline']
    except KeyError:
        @internalcode
        def t_6(*unused):
            raise TemplateRuntimeError("No filter named 'inline' found.")
    try:
        t_7 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_7(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    pass
    l_0_proposal = (undefined(name='a') if l_0_a is missing else l_0_a).proposal
    context.vars['proposal'] = l_0_proposal
    context.exported_vars.add('proposal')
    for l_1_one in (undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).changes[:20]:
        _loop_vars = {}
        pass
        yield '- '
        yield t_4(l_1_one.path, 160)
        yield ' '
        yield t_6(l_1_one.how)
        yield '\n'
    l_1_one = missing
    if (t_7((undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).changes) > 20):
        pass
        yield '- and '
        yield environment.finalize((t_7((undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).changes) - 20))
        yield ' more\n'
    yield '\n'
    if (undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).spec_problem:
        pass
        yield '**The changed spec gives no verdict**: once it is merged, everything stops here.\n\n'
        yield t_1((undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).spec_problem, '', 1000)
        yield '\n\n'
    if (undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).retrial:
        pass
        l_0_then = (undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).retrial
        context.vars['then'] = l_0_then
        context.exported_vars.add('then')
        yield '**Under the changed spec** this commit would be '
        yield t_6((undefined(name='then') if l_0_then is missing else l_0_then).status.replace('_', ' ', ))
        yield ' with a score of '
        yield environment.finalize((undefined(name='then') if l_0_then is missing else l_0_then).score)
        yield '; it is '
        yield t_6((undefined(name='headline') if l_0_headline is missing else l_0_headline))
        yield ' with '
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.value)
        yield '. The checklist would have '
        yield environment.finalize(environment.getitem((undefined(name='then') if l_0_then is missing else l_0_then).lines, 1))
        yield ' instead of '
        yield environment.finalize(environment.getitem((undefined(name='then') if l_0_then is missing else l_0_then).lines, 0))
        yield ' lines.'
        if (undefined(name='then') if l_0_then is missing else l_0_then).keys:
            pass
            yield ' What it says otherwise: '
            l_1_loop = missing
            for l_1_key, l_1_loop in LoopContext((undefined(name='then') if l_0_then is missing else l_0_then).keys[:12], undefined):
                _loop_vars = {}
                pass
                yield t_4(l_1_key, 40)
                if (not l_1_loop.last):
                    pass
                    yield ', '
            l_1_loop = l_1_key = missing
            yield '.'
        else:
            pass
            yield ' It says nothing else than before.'
        if (environment.getitem((undefined(name='then') if l_0_then is missing else l_0_then).approvals, 0) != environment.getitem((undefined(name='then') if l_0_then is missing else l_0_then).approvals, 1)):
            pass
            yield ' Approvals wanted: '
            yield t_6(environment.getitem((undefined(name='then') if l_0_then is missing else l_0_then).approvals, 1), 200)
            yield ' instead of '
            yield t_6(environment.getitem((undefined(name='then') if l_0_then is missing else l_0_then).approvals, 0), 200)
            yield '.'
        yield '\n\n'
        if (undefined(name='then') if l_0_then is missing else l_0_then).marks:
            pass
            yield '| finding | severity | under the changed spec |\n| --- | --- | --- |\n'
            for l_1_one in (undefined(name='then') if l_0_then is missing else l_0_then).marks[:15]:
                _loop_vars = {}
                pass
                yield '| '
                yield t_3(l_1_one.title, 160)
                yield '<br>'
                yield t_5(l_1_one.id, 160)
                yield ' | '
                yield t_3(l_1_one.severity)
                yield ' | '
                yield t_3(l_1_one.why)
                yield ' |\n'
            l_1_one = missing
            if (t_7((undefined(name='then') if l_0_then is missing else l_0_then).marks) > 15):
                pass
                yield '\n'
                yield environment.finalize((t_7((undefined(name='then') if l_0_then is missing else l_0_then).marks) - 15))
                yield ' more in `assessment.json`.\n'
            yield '\n'
        if (undefined(name='then') if l_0_then is missing else l_0_then).dropped:
            pass
            yield 'No longer looked at: '
            l_1_loop = missing
            for l_1_one, l_1_loop in LoopContext((undefined(name='then') if l_0_then is missing else l_0_then).dropped[:15], undefined):
                _loop_vars = {}
                pass
                yield t_6(l_1_one, 160)
                if (not l_1_loop.last):
                    pass
                    yield '; '
            l_1_loop = l_1_one = missing
            if (t_7((undefined(name='then') if l_0_then is missing else l_0_then).dropped) > 15):
                pass
                yield '; and '
                yield environment.finalize((t_7((undefined(name='then') if l_0_then is missing else l_0_then).dropped) - 15))
                yield ' more'
            yield '.\n\n'
    for l_1_one in (undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).template_problems[:10]:
        _loop_vars = {}
        pass
        yield '- '
        yield t_6(l_1_one, 400)
        yield '\n'
    l_1_one = missing
    yield '\n'
    if ((undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).templates or (undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).pages):
        pass
        if (undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).pages:
            pass
            yield '**Pages under the changed templates**\n\n| page | lines | where |\n| --- | --- | --- |\n'
            l_1_loop = missing
            for l_1_one, l_1_loop in LoopContext((undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).pages, undefined):
                _loop_vars = {}
                pass
                yield '| '
                yield t_3(l_1_one.page)
                yield ' | '
                if l_1_one.problem:
                    pass
                    yield 'cannot be made, the bundled one would be used'
                else:
                    pass
                    yield environment.finalize(l_1_one.added)
                    yield ' new, '
                    yield environment.finalize(l_1_one.removed)
                    yield ' gone'
                yield ' | '
                if l_1_one.problem:
                    pass
                    yield t_3(l_1_one.problem, 300)
                else:
                    pass
                    l_2_loop = missing
                    for l_2_title, l_2_loop in LoopContext(l_1_one.sections, undefined):
                        _loop_vars = {}
                        pass
                        yield t_3(l_2_title, 80)
                        if (not l_2_loop.last):
                            pass
                            yield '<br>'
                    l_2_loop = l_2_title = missing
                yield ' |\n'
            l_1_loop = l_1_one = missing
            yield '\n'
            def t_8(fiter):
                for l_1_one in fiter:
                    if l_1_one.excerpt:
                        yield l_1_one
            l_1_loop = missing
            for l_1_one, l_1_loop in LoopContext(t_8((undefined(name='proposal') if l_0_proposal is missing else l_0_proposal).pages), undefined):
                _loop_vars = {}
                pass
                if (l_1_loop.index <= 3):
                    pass
                    yield t_6(t_2(l_1_one.page))
                    yield ':\n\n'
                    yield t_1(l_1_one.excerpt, 'diff', 4000)
                    yield '\n\n'
            l_1_loop = l_1_one = missing
        else:
            pass
            yield 'No page of this assessment would look otherwise.\n'
        yield '\n'

blocks = {}
debug_info = '1=57&2=60&3=64&5=69&6=72&9=75&12=78&15=80&16=82&17=86&20=122&23=125&24=129&26=138&28=141&32=144&33=148&37=162&38=166&41=170&42=172&47=176&48=180&51=209&52=217&53=219&55=221'
