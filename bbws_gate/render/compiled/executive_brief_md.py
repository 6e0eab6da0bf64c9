"""Made by `make docs` of templates/executive_brief.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'executive_brief.md.j2'

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
    l_0_schedule = resolve('schedule')
    l_0_blockers = resolve('blockers')
    l_0_effort = resolve('effort')
    l_0_cost = resolve('cost')
    l_0_required = resolve('required')
    l_0_given = resolve('given')
    l_0_missing_approvals = resolve('missing_approvals')
    l_0_held = resolve('held')
    l_0_pieces = resolve('pieces')
    l_0_open_decisions = resolve('open_decisions')
    l_0_worst_risks = resolve('worst_risks')
    l_0_phase_plan = resolve('phase_plan')
    l_0_remedies = resolve('remedies')
    l_0_remedy_of = resolve('remedy_of')
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
    try:
        t_8 = environment.filters['string']
    except KeyError:
        @internalcode
        def t_8(*unused):
            raise TemplateRuntimeError("No filter named 'string' found.")
    pass
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', 'executive_brief.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    yield '# Executive brief: '
    yield t_4((undefined(name='a') if l_0_a is missing else l_0_a).project, 80)
    yield ' to '
    yield t_4((undefined(name='a') if l_0_a is missing else l_0_a).environment, 40)
    yield '\n\n'
    yield environment.finalize((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol))
    yield ' **'
    yield t_6((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '** — '
    yield t_6((undefined(name='verdict') if l_0_verdict is missing else l_0_verdict))
    yield ' '
    yield t_6((undefined(name='tally') if l_0_tally is missing else l_0_tally))
    yield '.\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).error:
        pass
        yield t_1((undefined(name='a') if l_0_a is missing else l_0_a).error, '', 1200)
        yield '\n\n'
    for l_1_note in (undefined(name='a') if l_0_a is missing else l_0_a).notes[:3]:
        _loop_vars = {}
        pass
        yield '> '
        yield t_6(l_1_note, 300)
        yield '\n\n'
    l_1_note = missing
    template = environment.get_template('_since.md.j2', 'executive_brief.md.j2')
    gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
    try:
        for event in gen:
            yield event
    finally: gen.close()
    yield '| At a glance | |\n| --- | --- |\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).target_date:
        pass
        yield '| Date | planned '
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).target_date, 20)
        if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule):
            pass
            yield ', '
            if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).late:
                pass
                yield '**now '
                yield t_3(t_8((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).revised_date))
                yield '**'
            else:
                pass
                yield 'can be kept'
        elif (undefined(name='blockers') if l_0_blockers is missing else l_0_blockers):
            pass
            yield '; no date can be given'
        if ((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule) and environment.getitem((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule), 'items')):
            pass
            yield ' ('
            yield environment.finalize((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).working_days)
            yield ' working days of work)'
        yield ' |\n'
    elif (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule):
        pass
        yield '| Date | possible from '
        yield t_3(t_8((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).earliest_date))
        yield ' |\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).action_items:
        pass
        yield '| Work | '
        yield t_3((undefined(name='effort') if l_0_effort is missing else l_0_effort))
        yield ' in '
        yield environment.finalize(t_7((undefined(name='a') if l_0_a is missing else l_0_a).action_items))
        yield ' action items |\n'
    if (undefined(name='cost') if l_0_cost is missing else l_0_cost):
        pass
        yield '| Cost a month | '
        yield t_3((undefined(name='cost') if l_0_cost is missing else l_0_cost).range, 160)
        if (undefined(name='a') if l_0_a is missing else l_0_a).budget:
            pass
            yield '; budget '
            yield t_3(markup_join((environment.getitem((undefined(name='a') if l_0_a is missing else l_0_a).budget, 0), ' ', environment.getitem((undefined(name='a') if l_0_a is missing else l_0_a).budget, 1), )), 40)
        for l_1_one in (undefined(name='cost') if l_0_cost is missing else l_0_cost).differences[:1]:
            _loop_vars = {}
            pass
            yield '<br>'
            yield t_3(l_1_one, 160)
        l_1_one = missing
        yield ' |\n'
    elif (undefined(name='a') if l_0_a is missing else l_0_a).budget:
        pass
        yield '| Budget a month | '
        yield t_3(markup_join((environment.getitem((undefined(name='a') if l_0_a is missing else l_0_a).budget, 0), ' ', environment.getitem((undefined(name='a') if l_0_a is missing else l_0_a).budget, 1), )), 40)
        yield ' |\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).checklist:
        pass
        yield '| Verified | '
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.verified)
        yield ' of '
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.total)
        yield ' checklist lines |\n'
    if (undefined(name='required') if l_0_required is missing else l_0_required):
        pass
        yield '| Approvals | '
        yield environment.finalize((undefined(name='given') if l_0_given is missing else l_0_given))
        yield ' of '
        yield environment.finalize((undefined(name='required') if l_0_required is missing else l_0_required))
        if (undefined(name='missing_approvals') if l_0_missing_approvals is missing else l_0_missing_approvals):
            pass
            yield '; missing: '
            l_1_loop = missing
            for l_1_one, l_1_loop in LoopContext((undefined(name='missing_approvals') if l_0_missing_approvals is missing else l_0_missing_approvals)[:6], undefined):
                _loop_vars = {}
                pass
                yield t_3(l_1_one.role, 40)
                if (not l_1_loop.last):
                    pass
                    yield ', '
            l_1_loop = l_1_one = missing
            if (t_7((undefined(name='missing_approvals') if l_0_missing_approvals is missing else l_0_missing_approvals)) > 6):
                pass
                yield ' and '
                yield environment.finalize((t_7((undefined(name='missing_approvals') if l_0_missing_approvals is missing else l_0_missing_approvals)) - 6))
                yield ' more'
        yield ' |\n'
    if (undefined(name='held') if l_0_held is missing else l_0_held):
        pass
        yield '| Waiting for this | '
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='held') if l_0_held is missing else l_0_held)[:6], undefined):
            _loop_vars = {}
            pass
            yield t_5(l_1_one.project, 60)
            if (not l_1_loop.last):
                pass
                yield ', '
        l_1_loop = l_1_one = missing
        if (t_7((undefined(name='held') if l_0_held is missing else l_0_held)) > 6):
            pass
            yield ' and '
            yield environment.finalize((t_7((undefined(name='held') if l_0_held is missing else l_0_held)) - 6))
            yield ' more'
        yield ' |\n'
    elif (((undefined(name='a') if l_0_a is missing else l_0_a).downstream and (not (undefined(name='blockers') if l_0_blockers is missing else l_0_blockers))) and (not (undefined(name='a') if l_0_a is missing else l_0_a).error)):
        pass
        yield '| Freed by this | '
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).downstream[:6], undefined):
            _loop_vars = {}
            pass
            yield t_5(l_1_one.project, 60)
            if (not l_1_loop.last):
                pass
                yield ', '
        l_1_loop = l_1_one = missing
        if (t_7((undefined(name='a') if l_0_a is missing else l_0_a).downstream) > 6):
            pass
            yield ' and '
            yield environment.finalize((t_7((undefined(name='a') if l_0_a is missing else l_0_a).downstream) - 6))
            yield ' more'
        yield ' |\n'
    yield '\n'
    if (undefined(name='pieces') if l_0_pieces is missing else l_0_pieces):
        pass
        yield '## What blocks\n\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='pieces') if l_0_pieces is missing else l_0_pieces)[:5], undefined):
            _loop_vars = {}
            pass
            yield '- '
            yield t_6(t_2(l_1_one.worst.severity.value))
            yield ': '
            l_2_loop = missing
            for l_2_finding, l_2_loop in LoopContext(l_1_one.findings[:2], undefined):
                _loop_vars = {}
                pass
                yield '**'
                yield t_6(l_2_finding.title, 90)
                yield '**'
                if (not l_2_loop.last):
                    pass
                    yield '; '
            l_2_loop = l_2_finding = missing
            if (t_7(l_1_one.findings) > 2):
                pass
                yield ' and '
                yield environment.finalize((t_7(l_1_one.findings) - 2))
                yield ' more'
            yield '. '
            yield t_6(environment.getitem(l_1_one.worst.impact.partition('. ', ), 0).removesuffix('.', ), 110)
            if l_1_one.owner:
                pass
                yield ' → '
                yield t_6(l_1_one.owner, 40)
                yield ', '
                yield t_6(l_1_one.estimate, 20)
            yield '\n'
        l_1_loop = l_1_one = missing
        if (t_7((undefined(name='pieces') if l_0_pieces is missing else l_0_pieces)) > 5):
            pass
            yield '- and '
            yield environment.finalize((t_7((undefined(name='pieces') if l_0_pieces is missing else l_0_pieces)) - 5))
            yield ' more, see the action items\n'
        yield '\n'
    if (undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions):
        pass
        yield '## Decisions\n\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions)[:4], undefined):
            l_1_waiting_work = resolve('waiting_work')
            l_1_work = missing
            _loop_vars = {}
            pass
            yield '- **'
            yield t_6(l_1_one.question, 160)
            yield '** ('
            yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).names(l_1_one.owners, ))
            if l_1_one.due:
                pass
                yield ', due '
                yield t_6(l_1_one.due, 20)
            yield ')'
            l_1_work = (undefined(name='waiting_work') if l_1_waiting_work is missing else l_1_waiting_work)(l_1_one, )
            _loop_vars['work'] = l_1_work
            if (undefined(name='work') if l_1_work is missing else l_1_work):
                pass
                yield ' Waits for it: '
                yield t_6((undefined(name='work') if l_1_work is missing else l_1_work), 120)
                yield '.'
            yield '<br>'
            l_2_loop = missing
            for l_2_option, l_2_loop in LoopContext(l_1_one.options[:3], undefined):
                l_2_price_of = resolve('price_of')
                l_2_cost_of_it = missing
                _loop_vars = {}
                pass
                yield t_6(l_2_option.key, 20)
                yield ': '
                yield t_6(l_2_option.text, 80)
                l_2_cost_of_it = (undefined(name='price_of') if l_2_price_of is missing else l_2_price_of)(l_1_one, l_2_option, )
                _loop_vars['cost_of_it'] = l_2_cost_of_it
                if (undefined(name='cost_of_it') if l_2_cost_of_it is missing else l_2_cost_of_it):
                    pass
                    yield ' ('
                    yield t_6((undefined(name='cost_of_it') if l_2_cost_of_it is missing else l_2_cost_of_it), 120)
                    yield ')'
                if (l_2_option.key == l_1_one.recommended):
                    pass
                    yield ', recommended'
                if (not l_2_loop.last):
                    pass
                    yield '; '
            l_2_loop = l_2_option = l_2_price_of = l_2_cost_of_it = missing
            yield '\n'
        l_1_loop = l_1_one = l_1_waiting_work = l_1_work = missing
        if (t_7((undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions)) > 4):
            pass
            yield '- and '
            yield environment.finalize((t_7((undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions)) - 4))
            yield ' more, see the action items\n'
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).risks:
        pass
        yield '## Risks\n\n'
        for l_1_one in (undefined(name='worst_risks') if l_0_worst_risks is missing else l_0_worst_risks)[:3]:
            _loop_vars = {}
            pass
            yield '- '
            yield t_6(l_1_one.risk, 120)
            yield ' (likelihood '
            yield t_6(l_1_one.likelihood, 10)
            yield ', impact '
            yield t_6(l_1_one.impact, 10)
            yield ')'
            if l_1_one.mitigation:
                pass
                yield ': '
                yield t_6(l_1_one.mitigation, 120)
            yield '\n'
        l_1_one = missing
        yield '\n'
    if (undefined(name='phase_plan') if l_0_phase_plan is missing else l_0_phase_plan):
        pass
        yield '## Plan\n\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='phase_plan') if l_0_phase_plan is missing else l_0_phase_plan)[:6], undefined):
            _loop_vars = {}
            pass
            if (not l_1_loop.first):
                pass
                yield '; '
            yield '**'
            yield t_6(l_1_one.name, 40)
            yield '** '
            yield t_6(l_1_one.effort)
            yield ' by '
            l_2_loop = missing
            for l_2_role, l_2_loop in LoopContext(l_1_one.owners[:3], undefined):
                _loop_vars = {}
                pass
                yield t_6(l_2_role, 40)
                if (not l_2_loop.last):
                    pass
                    yield ', '
            l_2_loop = l_2_role = missing
            if (t_7(l_1_one.owners) > 3):
                pass
                yield ' and '
                yield environment.finalize((t_7(l_1_one.owners) - 3))
                yield ' more'
            if ((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule) and l_1_one.end):
                pass
                yield ', until '
                yield t_6(t_8(l_1_one.end))
        l_1_loop = l_1_one = missing
        if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule):
            pass
            yield '; **promotion** '
            yield t_6(t_8((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).revised_date))
        yield '.\n\n'
    if (undefined(name='remedies') if l_0_remedies is missing else l_0_remedies):
        pass
        yield 'What would make it earlier: '
        yield t_6((undefined(name='remedy_of') if l_0_remedy_of is missing else l_0_remedy_of)(environment.getitem((undefined(name='remedies') if l_0_remedies is missing else l_0_remedies), 0), ), 240)
        yield '.\n\n'

blocks = {}
debug_info = '1=79&2=82&4=86&6=94&7=96&10=98&11=102&14=105&17=112&18=115&19=136&20=139&22=141&23=144&25=148&26=151&27=163&28=166&30=168&31=171&33=175&34=178&36=199&37=203&38=217&39=221&42=236&45=240&46=244&49=272&50=275&54=278&57=282&58=288&61=329&62=332&66=335&69=338&70=342&75=355&78=359&81=394&82=397'
