"""Made by `make docs` of templates/issue.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'issue.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_item = resolve('item')
    l_0_a = resolve('a')
    l_0_findings = resolve('findings')
    l_0_m = missing
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
        t_3 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
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
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', 'issue.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    yield '**'
    yield t_4(t_2((undefined(name='item') if l_0_item is missing else l_0_item).severity.value))
    yield '**, owner '
    yield t_4((undefined(name='item') if l_0_item is missing else l_0_item).owner, 80)
    yield ', estimate '
    yield t_4((undefined(name='item') if l_0_item is missing else l_0_item).estimate, 20)
    yield ', phase '
    yield t_4((undefined(name='item') if l_0_item is missing else l_0_item).phase, 40)
    yield ': '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).project, 80)
    yield ' to '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).environment, 40)
    yield '\n\n'
    if (undefined(name='item') if l_0_item is missing else l_0_item).tasks:
        pass
        yield '### Tasks\n\n'
        for l_1_task in (undefined(name='item') if l_0_item is missing else l_0_item).tasks[:50]:
            _loop_vars = {}
            pass
            yield '- [ ] '
            yield t_4(l_1_task, 300)
            yield '\n'
        l_1_task = missing
        yield '\n'
    if (undefined(name='findings') if l_0_findings is missing else l_0_findings):
        pass
        yield '### Findings\n\n'
        for l_1_one in (undefined(name='findings') if l_0_findings is missing else l_0_findings)[:40]:
            _loop_vars = {}
            pass
            yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).finding(l_1_one, ))
            yield '\n'
        l_1_one = missing
        if (t_5((undefined(name='findings') if l_0_findings is missing else l_0_findings)) > 40):
            pass
            yield '- and '
            yield environment.finalize((t_5((undefined(name='findings') if l_0_findings is missing else l_0_findings)) - 40))
            yield ' more in the readiness report\n'
        yield '\n'
    yield '### Done when\n\n'
    if (undefined(name='item') if l_0_item is missing else l_0_item).manual:
        pass
        yield 'No file can prove this work. A member of '
        yield t_4((undefined(name='item') if l_0_item is missing else l_0_item).owner, 80)
        yield ' closes this issue when it is done.\n'
    else:
        pass
        yield 'The gate no longer reports '
        if (t_5((undefined(name='findings') if l_0_findings is missing else l_0_findings)) == 1):
            pass
            yield 'this finding'
        else:
            pass
            yield 'these '
            yield environment.finalize(t_5((undefined(name='findings') if l_0_findings is missing else l_0_findings)))
            yield ' findings'
        yield '; it then closes this issue by itself. To see where it stands:\n\n'
        yield t_1(markup_join(('bbws-gate check --env ', (undefined(name='a') if l_0_a is missing else l_0_a).environment, )), 'sh')
        yield '\n'

blocks = {}
debug_info = '1=45&2=48&4=60&7=63&8=67&12=71&15=74&16=77&18=80&19=83&25=87&26=90&28=95&30=104'
