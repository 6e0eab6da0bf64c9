"""Made by `make docs` of templates/_since.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_since.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_since_line = resolve('since_line')
    try:
        t_1 = environment.filters['inline']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'inline' found.")
    pass
    if (undefined(name='since_line') if l_0_since_line is missing else l_0_since_line):
        pass
        yield '**'
        yield t_1((undefined(name='since_line') if l_0_since_line is missing else l_0_since_line), 400)
        yield '.**\n\n'

blocks = {}
debug_info = '1=18&2=21'
