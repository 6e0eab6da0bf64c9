"""Made by `make docs` of templates/portfolio.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'portfolio.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_p = resolve('p')
    l_0_headline = resolve('headline')
    l_0_graph = resolve('graph')
    l_0_facts = resolve('facts')
    l_0_loose = resolve('loose')
    l_0_approvals = resolve('approvals')
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
    try:
        t_7 = environment.filters['string']
    except KeyError:
        @internalcode
        def t_7(*unused):
            raise TemplateRuntimeError("No filter named 'string' found.")
    pass
    yield '# '
    yield t_5((undefined(name='p') if l_0_p is missing else l_0_p).name, 120)
    yield '\n\n**'
    yield t_5((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '.**\n\n'
    if (undefined(name='graph') if l_0_graph is missing else l_0_graph):
        pass
        yield t_1((undefined(name='graph') if l_0_graph is missing else l_0_graph), 'mermaid', 20000)
        yield '\n\n'
    for (l_1_title, l_1_text) in (undefined(name='facts') if l_0_facts is missing else l_0_facts):
        _loop_vars = {}
        pass
        yield '- '
        yield t_5(l_1_title)
        yield ': '
        yield t_5(l_1_text, 1200)
        yield '\n'
    l_1_title = l_1_text = missing
    yield '\n'
    for l_1_cycle in (undefined(name='p') if l_0_p is missing else l_0_p).cycles:
        l_1_cycle_text = resolve('cycle_text')
        _loop_vars = {}
        pass
        yield '> Cycle, so that nothing in it has a wave: '
        yield t_5((undefined(name='cycle_text') if l_1_cycle_text is missing else l_1_cycle_text)(l_1_cycle, ), 600)
        yield '\n\n'
    l_1_cycle = l_1_cycle_text = missing
    for l_1_note in (undefined(name='p') if l_0_p is missing else l_0_p).notes[:20]:
        _loop_vars = {}
        pass
        yield '> '
        yield t_5(l_1_note, 300)
        yield '\n\n'
    l_1_note = missing
    for (l_1_wave, l_1_rows) in (undefined(name='p') if l_0_p is missing else l_0_p).waves:
        _loop_vars = {}
        pass
        yield '## Wave '
        yield environment.finalize(l_1_wave)
        yield '\n\n| promotion | state | score | date | cost a month |\n| --- | --- | ---: | --- | --- |\n'
        for l_2_row in l_1_rows:
            l_2_symbol = resolve('symbol')
            l_2_date_of = resolve('date_of')
            l_2_planned = resolve('planned')
            l_2_cost_of = resolve('cost_of')
            _loop_vars = {}
            pass
            yield '| '
            yield t_4(l_2_row.entry.project, 100)
            if (t_6((undefined(name='p') if l_0_p is missing else l_0_p).environments) > 1):
                pass
                yield ' to '
                yield t_4(l_2_row.entry.environment, 60)
            if l_2_row.entry.commit:
                pass
                yield ' at '
                yield t_4(l_2_row.entry.commit[:7], 7)
            yield ' | '
            yield environment.finalize((undefined(name='symbol') if l_2_symbol is missing else l_2_symbol)(l_2_row, ))
            yield '\xa0'
            yield t_2(l_2_row.state)
            yield ' | '
            if (l_2_row.state == 'error'):
                pass
                yield '—'
            else:
                pass
                yield environment.finalize(l_2_row.entry.score)
            yield ' | '
            yield t_2((undefined(name='date_of') if l_2_date_of is missing else l_2_date_of)(l_2_row, ))
            if l_2_row.late:
                pass
                yield '<br>late, planned '
                yield t_2((undefined(name='planned') if l_2_planned is missing else l_2_planned)(l_2_row, ))
            yield ' | '
            yield t_2((undefined(name='cost_of') if l_2_cost_of is missing else l_2_cost_of)(l_2_row, ))
            yield ' |\n'
        l_2_row = l_2_symbol = l_2_date_of = l_2_planned = l_2_cost_of = missing
        yield '\n'
        def t_8(fiter):
            l_2_reasons = resolve('reasons')
            for l_2_row in fiter:
                if ((undefined(name='reasons') if l_2_reasons is missing else l_2_reasons)(l_2_row, ) or l_2_row.frees):
                    yield l_2_row
        for l_2_row in t_8(l_1_rows):
            l_2_keys = resolve('keys')
            l_2_reasons = resolve('reasons')
            _loop_vars = {}
            pass
            yield '- '
            yield t_3(l_2_row.entry.project, 100)
            if (t_6((undefined(name='p') if l_0_p is missing else l_0_p).environments) > 1):
                pass
                yield ' to '
                yield t_3(l_2_row.entry.environment, 60)
            if l_2_row.frees:
                pass
                yield ' '
                if l_2_row.can_go:
                    pass
                    yield 'frees'
                else:
                    pass
                    yield 'holds up'
                yield ' '
                yield t_5((undefined(name='keys') if l_2_keys is missing else l_2_keys)(l_2_row.frees, ), 400)
            yield '\n'
            for l_3_text in (undefined(name='reasons') if l_2_reasons is missing else l_2_reasons)(l_2_row, ):
                _loop_vars = {}
                pass
                yield '  - '
                yield t_5(l_3_text, 400)
                yield '\n'
            l_3_text = missing
        l_2_row = l_2_keys = l_2_reasons = missing
        yield '\n'
    l_1_wave = l_1_rows = missing
    if (undefined(name='loose') if l_0_loose is missing else l_0_loose):
        pass
        yield '## Without a wave\n\n| promotion | state | why |\n| --- | --- | --- |\n'
        l_1_loop = missing
        for l_1_row, l_1_loop in LoopContext((undefined(name='loose') if l_0_loose is missing else l_0_loose), undefined):
            l_1_symbol = resolve('symbol')
            l_1_reasons = resolve('reasons')
            _loop_vars = {}
            pass
            yield '| '
            yield t_4(t_7(l_1_row.key), 140)
            yield ' | '
            yield environment.finalize((undefined(name='symbol') if l_1_symbol is missing else l_1_symbol)(l_1_row, ))
            yield '\xa0'
            yield t_2(l_1_row.state)
            yield ' | '
            l_2_loop = missing
            t_9 = 1
            for l_2_text, l_2_loop in LoopContext((undefined(name='reasons') if l_1_reasons is missing else l_1_reasons)(l_1_row, ), undefined):
                _loop_vars = {}
                pass
                yield t_2(l_2_text, 200)
                if (not l_2_loop.last):
                    pass
                    yield '<br>'
                t_9 = 0
            l_2_loop = l_2_text = missing
            if t_9:
                pass
                yield '—'
            yield ' |\n'
        l_1_loop = l_1_row = l_1_symbol = l_1_reasons = missing
        yield '\n'
    if (undefined(name='approvals') if l_0_approvals is missing else l_0_approvals):
        pass
        yield '## Who approves what\n\n| role | missing | given |\n| --- | --- | ---: |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='approvals') if l_0_approvals is missing else l_0_approvals), undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_2(l_1_one.role, 80)
            yield ' | '
            l_2_loop = missing
            t_10 = 1
            for l_2_text, l_2_loop in LoopContext(l_1_one.missing[:30], undefined):
                _loop_vars = {}
                pass
                yield t_2(l_2_text, 160)
                if (not l_2_loop.last):
                    pass
                    yield '<br>'
                t_10 = 0
            l_2_loop = l_2_text = missing
            if t_10:
                pass
                yield 'nothing'
            if (t_6(l_1_one.missing) > 30):
                pass
                yield ' and '
                yield environment.finalize((t_6(l_1_one.missing) - 30))
                yield ' more'
            yield ' | '
            yield environment.finalize(l_1_one.given)
            yield ' |\n'
        l_1_loop = l_1_one = missing

blocks = {}
debug_info = '1=60&3=62&5=64&6=66&9=68&10=72&13=78&14=83&17=86&18=90&21=93&22=97&26=99&27=107&30=138&31=149&33=166&34=170&39=176&44=180&45=186&49=209&54=213&55=217'
