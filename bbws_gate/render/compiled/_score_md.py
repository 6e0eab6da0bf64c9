"""Made by `make docs` of templates/_score.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_score.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_groups = resolve('groups')
    l_0_total = resolve('total')
    l_0_score_rule = resolve('score_rule')
    try:
        t_1 = environment.filters['cell']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'cell' found.")
    try:
        t_2 = environment.filters['inline']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'inline' found.")
    pass
    yield '| category | passed | failed | unverified | points |\n| --- | ---: | ---: | ---: | ---: |\n'
    for l_1_group in (undefined(name='groups') if l_0_groups is missing else l_0_groups):
        _loop_vars = {}
        pass
        yield '| '
        yield t_1(l_1_group.category, 60)
        yield ' | '
        yield environment.finalize(l_1_group.score.passed)
        yield ' | '
        yield environment.finalize(l_1_group.score.failed)
        yield ' | '
        yield environment.finalize(l_1_group.score.unverified)
        yield ' | '
        yield environment.finalize(l_1_group.score.points)
        yield ' of '
        yield environment.finalize(l_1_group.score.possible)
        yield ' |\n'
    l_1_group = missing
    yield '| all | '
    yield environment.finalize((undefined(name='total') if l_0_total is missing else l_0_total).passed)
    yield ' | '
    yield environment.finalize((undefined(name='total') if l_0_total is missing else l_0_total).failed)
    yield ' | '
    yield environment.finalize((undefined(name='total') if l_0_total is missing else l_0_total).unverified)
    yield ' | '
    yield environment.finalize((undefined(name='total') if l_0_total is missing else l_0_total).points)
    yield ' of '
    yield environment.finalize((undefined(name='total') if l_0_total is missing else l_0_total).possible)
    yield ' |\n\n'
    yield t_2((undefined(name='score_rule') if l_0_score_rule is missing else l_0_score_rule))
    yield '\n'

blocks = {}
debug_info = '3=27&4=31&6=45&8=55'
