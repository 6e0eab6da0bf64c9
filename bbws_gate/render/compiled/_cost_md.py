"""Made by `make docs` of templates/_cost.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_cost.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_cost = resolve('cost')
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
    pass
    yield t_3((undefined(name='cost') if l_0_cost is missing else l_0_cost).range)
    yield ' before tax, at prices of '
    yield t_3((undefined(name='cost') if l_0_cost is missing else l_0_cost).snapshot, 20)
    yield '. Low is low use with the free tier, high is high use without. Totals are rounded outward to whole cents, lines to the nearest.\n\n| what | low | high | price | assumptions |\n| --- | ---: | ---: | --- | --- |\n'
    for l_1_row in (undefined(name='cost') if l_0_cost is missing else l_0_cost).rows[:60]:
        _loop_vars = {}
        pass
        yield '| '
        yield t_1(l_1_row.what, 120)
        yield ' | '
        yield t_1(l_1_row.low, 40)
        yield ' | '
        yield t_1(l_1_row.high, 40)
        yield ' | '
        yield t_1(l_1_row.price, 160)
        yield ' | '
        yield t_1(l_1_row.assumptions, 400)
        yield ' |\n'
    l_1_row = missing
    if (t_4((undefined(name='cost') if l_0_cost is missing else l_0_cost).rows) > 60):
        pass
        yield '\n'
        yield environment.finalize((t_4((undefined(name='cost') if l_0_cost is missing else l_0_cost).rows) - 60))
        yield ' more lines are in the JSON.\n'
    yield '\n'
    for l_1_one in (undefined(name='cost') if l_0_cost is missing else l_0_cost).differences:
        _loop_vars = {}
        pass
        yield '- '
        yield t_3(l_1_one, 300)
        yield '\n'
    l_1_one = missing
    for l_1_one in (undefined(name='cost') if l_0_cost is missing else l_0_cost).not_priced[:20]:
        l_1_at = resolve('at')
        _loop_vars = {}
        pass
        yield '- not priced: '
        yield t_2(l_1_one.address, 160)
        yield ', '
        yield t_3(l_1_one.reason, 200)
        if l_1_one.place.line:
            pass
            yield ' ('
            yield environment.finalize((undefined(name='at') if l_1_at is missing else l_1_at)(l_1_one.place, ))
            yield ')'
        yield '\n'
    l_1_one = l_1_at = missing
    if (t_4((undefined(name='cost') if l_0_cost is missing else l_0_cost).not_priced) > 20):
        pass
        yield '- and '
        yield environment.finalize((t_4((undefined(name='cost') if l_0_cost is missing else l_0_cost).not_priced) - 20))
        yield ' more without a price\n'
    for l_1_one in (undefined(name='cost') if l_0_cost is missing else l_0_cost).remarks[:20]:
        _loop_vars = {}
        pass
        yield '- '
        yield t_3(l_1_one, 300)
        yield '\n'
    l_1_one = missing

blocks = {}
debug_info = '1=36&5=40&6=44&8=55&10=58&13=61&14=65&16=68&17=73&20=83&21=86&23=88&24=92'
