"""Made by `make docs` of templates/_macros.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_macros.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_names = l_0_places = l_0_finding = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['inline']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'inline' found.")
    try:
        t_3 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    pass
    def macro(l_1_words):
        t_4 = []
        if l_1_words is missing:
            l_1_words = undefined("parameter 'words' was not provided", name='words')
        pass
        l_2_loop = missing
        for l_2_word, l_2_loop in LoopContext(l_1_words, undefined):
            _loop_vars = {}
            pass
            t_4.append(
                t_2(l_2_word, 80),
            )
            if (not l_2_loop.last):
                pass
                t_4.append(
                    ', ',
                )
        l_2_loop = l_2_word = missing
        return concat(t_4)
    context.exported_vars.add('names')
    context.vars['names'] = l_0_names = Macro(environment, macro, 'names', ('words',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_finding):
        t_5 = []
        l_1_places_of = resolve('places_of')
        if l_1_finding is missing:
            l_1_finding = undefined("parameter 'finding' was not provided", name='finding')
        pass
        l_2_loop = missing
        for l_2_place, l_2_loop in LoopContext((undefined(name='places_of') if l_1_places_of is missing else l_1_places_of)(l_1_finding, )[:4], undefined):
            l_2_at = resolve('at')
            _loop_vars = {}
            pass
            t_5.append(
                environment.finalize((undefined(name='at') if l_2_at is missing else l_2_at)(l_2_place, )),
            )
            if (not l_2_loop.last):
                pass
                t_5.append(
                    ', ',
                )
        l_2_loop = l_2_place = l_2_at = missing
        if (t_3((undefined(name='places_of') if l_1_places_of is missing else l_1_places_of)(l_1_finding, )) > 4):
            pass
            t_5.extend((
                ' and ',
                environment.finalize((t_3((undefined(name='places_of') if l_1_places_of is missing else l_1_places_of)(l_1_finding, )) - 4)),
                ' more',
            ))
        return concat(t_5)
    context.exported_vars.add('places')
    context.vars['places'] = l_0_places = Macro(environment, macro, 'places', ('finding',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_one):
        t_6 = []
        if l_1_one is missing:
            l_1_one = undefined("parameter 'one' was not provided", name='one')
        pass
        t_6.extend((
            '- **',
            t_2(l_1_one.severity.value),
            '** ',
            t_2(l_1_one.title, 200),
        ))
        if (l_1_one.state == 'new'):
            pass
            t_6.append(
                ' (new)',
            )
        if l_1_one.blocking:
            pass
            t_6.append(
                ' — blocks',
            )
        t_6.extend((
            '\n  - id: ',
            t_1(l_1_one.id, 200),
            '\n',
        ))
        if l_1_one.expected:
            pass
            t_6.extend((
                '  - expected: ',
                t_2(l_1_one.expected, 400),
                '\n',
            ))
        if l_1_one.actual:
            pass
            t_6.extend((
                '  - actual: ',
                t_2(l_1_one.actual, 400),
                '\n',
            ))
        for l_2_fact in l_1_one.evidence[:6]:
            l_2_at = resolve('at')
            _loop_vars = {}
            pass
            t_6.extend((
                '  - seen at ',
                environment.finalize((undefined(name='at') if l_2_at is missing else l_2_at)(l_2_fact.place, )),
            ))
            if l_2_fact.value:
                pass
                t_6.extend((
                    ': ',
                    t_1(l_2_fact.value, 160),
                ))
            for l_3_step in l_2_fact.provenance[:4]:
                _loop_vars = {}
                pass
                t_6.extend((
                    ', from ',
                    t_2(l_3_step.what, 120),
                    ' at ',
                    environment.finalize((undefined(name='at') if l_2_at is missing else l_2_at)(l_3_step.place, )),
                ))
            l_3_step = missing
            t_6.append(
                '\n',
            )
        l_2_fact = l_2_at = missing
        if (t_3(l_1_one.evidence) > 6):
            pass
            t_6.extend((
                '  - and ',
                environment.finalize((t_3(l_1_one.evidence) - 6)),
                ' more places\n',
            ))
        if l_1_one.impact:
            pass
            t_6.extend((
                '  - impact: ',
                t_2(l_1_one.impact, 400),
                '\n',
            ))
        if l_1_one.action:
            pass
            t_6.extend((
                '  - to do: ',
                t_2(l_1_one.action, 400),
                '\n',
            ))
        if l_1_one.folded:
            pass
            t_6.extend((
                '  - explains ',
                environment.finalize(t_3(l_1_one.folded)),
                ' more: ',
            ))
            l_2_loop = missing
            for l_2_id, l_2_loop in LoopContext(l_1_one.folded[:6], undefined):
                _loop_vars = {}
                pass
                t_6.append(
                    t_1(l_2_id, 120),
                )
                if (not l_2_loop.last):
                    pass
                    t_6.append(
                        ', ',
                    )
            l_2_loop = l_2_id = missing
            if (t_3(l_1_one.folded) > 6):
                pass
                t_6.append(
                    ', …',
                )
            t_6.append(
                '\n',
            )
        return concat(t_6)
    context.exported_vars.add('finding')
    context.vars['finding'] = l_0_finding = Macro(environment, macro, 'finding', ('one',), False, False, False, context.eval_ctx.autoescape)

blocks = {}
debug_info = '1=30&2=36&5=52&6=59&7=72&10=83&11=90&13=106&14=109&15=113&17=116&18=120&20=123&21=129&24=151&25=155&27=158&28=162&30=165&31=169&33=172&34=176'
