"""Made by `make docs` of templates/_schedule.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_schedule.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_schedule = resolve('schedule')
    l_0_gantt = resolve('gantt')
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
    pass
    if environment.getitem((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule), 'items'):
        pass
        yield t_1((undefined(name='gantt') if l_0_gantt is missing else l_0_gantt), 'mermaid', 8000)
        yield '\n\nWhat sets the date, in order: '
        l_1_loop = missing
        for l_1_item, l_1_loop in LoopContext((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).path_items[:12], undefined):
            l_1_duration_of = resolve('duration_of')
            _loop_vars = {}
            pass
            yield t_3(l_1_item.title, 100)
            yield ' ('
            l_2_loop = missing
            for l_2_role, l_2_loop in LoopContext(l_1_item.owners, undefined):
                _loop_vars = {}
                pass
                yield t_3(l_2_role, 60)
                if (not l_2_loop.last):
                    pass
                    yield ' and '
            l_2_loop = l_2_role = missing
            yield ', '
            yield t_3((undefined(name='duration_of') if l_1_duration_of is missing else l_1_duration_of)(l_1_item, ))
            yield ')'
            if (not l_1_loop.last):
                pass
                yield ' → '
        l_1_loop = l_1_item = l_1_duration_of = missing
        if (t_4((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).path_items) > 12):
            pass
            yield ' and '
            yield environment.finalize((t_4((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).path_items) - 12))
            yield ' more'
        yield '.\n\n'
        if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).remedies:
            pass
            yield 'What would make it earlier:\n\n'
            for l_1_one in (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).remedies[:6]:
                l_1_remedy_of = resolve('remedy_of')
                _loop_vars = {}
                pass
                yield '- '
                yield t_3((undefined(name='remedy_of') if l_1_remedy_of is missing else l_1_remedy_of)(l_1_one, ), 240)
                yield '\n'
            l_1_one = l_1_remedy_of = missing
            yield '\n'
        if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).unknown:
            pass
            yield 'Without an estimate, and counted as no time: '
            l_1_loop = missing
            for l_1_id, l_1_loop in LoopContext((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).unknown[:6], undefined):
                _loop_vars = {}
                pass
                yield t_2(l_1_id, 80)
                if (not l_1_loop.last):
                    pass
                    yield ', '
            l_1_loop = l_1_id = missing
            if (t_4((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).unknown) > 6):
                pass
                yield ' and '
                yield environment.finalize((t_4((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).unknown) - 6))
                yield ' more'
            yield '.\n\n'

blocks = {}
debug_info = '1=37&2=39&4=42&6=70&9=73&10=78&14=82&15=86'
