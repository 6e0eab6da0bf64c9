"""Made by `make docs` of templates/index.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'index.md.j2'

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
    l_0_contents = resolve('contents')
    l_0_page = resolve('page')
    l_0_pieces = resolve('pieces')
    l_0_steps = resolve('steps')
    l_0_m = missing
    try:
        t_1 = environment.filters['cell']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'cell' found.")
    try:
        t_2 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_3 = environment.filters['code_cell']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'code_cell' found.")
    try:
        t_4 = environment.filters['inline']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'inline' found.")
    try:
        t_5 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    pass
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', 'index.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    yield '# '
    yield t_2((undefined(name='a') if l_0_a is missing else l_0_a).project, 80)
    yield ' to '
    yield t_2((undefined(name='a') if l_0_a is missing else l_0_a).environment, 40)
    yield '\n\n'
    yield environment.finalize((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol))
    yield ' **'
    yield t_4((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '** — '
    yield t_4((undefined(name='verdict') if l_0_verdict is missing else l_0_verdict))
    yield ' '
    yield t_4((undefined(name='tally') if l_0_tally is missing else l_0_tally))
    yield '.\n\n'
    if ((undefined(name='schedule_headline') if l_0_schedule_headline is missing else l_0_schedule_headline) or (undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line)):
        pass
        yield t_4((undefined(name='schedule_headline') if l_0_schedule_headline is missing else l_0_schedule_headline))
        if (undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line):
            pass
            yield ' '
            yield t_4((undefined(name='cost_line') if l_0_cost_line is missing else l_0_cost_line), 240)
            yield '.'
        yield '\n\n'
    template = environment.get_template('_since.md.j2', 'index.md.j2')
    gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
    try:
        for event in gen:
            yield event
    finally: gen.close()
    yield '| document | for | answers | reading time |\n| --- | --- | --- | --- |\n'
    for l_1_one in (undefined(name='contents') if l_0_contents is missing else l_0_contents):
        _loop_vars = {}
        pass
        yield '| '
        yield environment.finalize(l_1_one.link)
        yield ' | '
        yield t_1(l_1_one.readers)
        yield ' | '
        yield t_1(l_1_one.answers)
        yield ' | '
        yield environment.finalize(l_1_one.minutes)
        yield ' min |\n'
    l_1_one = missing
    yield '\n'
    if (undefined(name='page') if l_0_page is missing else l_0_page):
        pass
        yield environment.finalize((undefined(name='page') if l_0_page is missing else l_0_page))
        yield ' holds all of it in one page; `assessment.json` is for machines.\n\n'
    if (undefined(name='pieces') if l_0_pieces is missing else l_0_pieces):
        pass
        yield '**What blocks**\n\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='pieces') if l_0_pieces is missing else l_0_pieces)[:6], undefined):
            _loop_vars = {}
            pass
            yield environment.finalize(l_1_loop.index)
            yield '. '
            l_2_loop = missing
            for l_2_finding, l_2_loop in LoopContext(l_1_one.findings[:2], undefined):
                _loop_vars = {}
                pass
                yield t_4(l_2_finding.title, 110)
                if (not l_2_loop.last):
                    pass
                    yield '; '
            l_2_loop = l_2_finding = missing
            if (t_5(l_1_one.findings) > 2):
                pass
                yield ' and '
                yield environment.finalize((t_5(l_1_one.findings) - 2))
                yield ' more'
            yield '\n'
        l_1_loop = l_1_one = missing
        if (t_5((undefined(name='pieces') if l_0_pieces is missing else l_0_pieces)) > 6):
            pass
            yield '\nAnd '
            yield environment.finalize((t_5((undefined(name='pieces') if l_0_pieces is missing else l_0_pieces)) - 6))
            yield ' more, see the action items.\n'
        yield '\n'
    if (undefined(name='steps') if l_0_steps is missing else l_0_steps):
        pass
        yield '**First step**: '
        yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).names(environment.getitem((undefined(name='steps') if l_0_steps is missing else l_0_steps), 0).who, ))
        yield ': '
        yield t_4(environment.getitem((undefined(name='steps') if l_0_steps is missing else l_0_steps), 0).what, 200)
        yield '\n\n'
    yield '| assessed | commit | spec | bbws-gate |\n| --- | --- | --- | --- |\n| '
    yield t_1((undefined(name='a') if l_0_a is missing else l_0_a).assessed_at, 40)
    yield ' | '
    if (undefined(name='a') if l_0_a is missing else l_0_a).commit:
        pass
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).commit, 80)
    else:
        pass
        yield 'no git'
    yield ' | '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).spec_path, 160)
    yield ' | '
    yield t_1((undefined(name='a') if l_0_a is missing else l_0_a).version, 40)
    yield ' |\n'

blocks = {}
debug_info = '1=53&2=56&4=60&6=68&7=70&11=77&14=84&15=88&18=98&19=100&22=102&25=106&26=109&29=127&31=130&35=133&36=136&41=141'
