"""Made by `make docs` of templates/action_items.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'action_items.md.j2'

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
    l_0_open_decisions = resolve('open_decisions')
    l_0_schedule = resolve('schedule')
    l_0_schedule_headline = resolve('schedule_headline')
    l_0_effort = resolve('effort')
    l_0_phases = resolve('phases')
    l_0_missing_approvals = resolve('missing_approvals')
    l_0_m = missing
    try:
        t_1 = environment.filters['capitalize']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'capitalize' found.")
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
    try:
        t_6 = environment.filters['string']
    except KeyError:
        @internalcode
        def t_6(*unused):
            raise TemplateRuntimeError("No filter named 'string' found.")
    pass
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', 'action_items.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    yield '# Action items: '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).project, 80)
    yield ' to '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).environment, 40)
    yield '\n\n'
    yield environment.finalize((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol))
    yield ' **'
    yield t_4((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '** — '
    yield t_4((undefined(name='verdict') if l_0_verdict is missing else l_0_verdict))
    yield '\n\n'
    template = environment.get_template('_since.md.j2', 'action_items.md.j2')
    gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
    try:
        for event in gen:
            yield event
    finally: gen.close()
    if ((not (undefined(name='a') if l_0_a is missing else l_0_a).action_items) and (not (undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions))):
        pass
        yield 'Nothing is left to do.\n\n'
    if ((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule) and environment.getitem((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule), 'items')):
        pass
        yield t_4((undefined(name='schedule_headline') if l_0_schedule_headline is missing else l_0_schedule_headline))
        yield '\n\n'
    if (undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions):
        pass
        yield '## First: decide\n\n'
        for l_1_one in (undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions)[:20]:
            l_1_waiting_work = resolve('waiting_work')
            l_1_issue_of = resolve('issue_of')
            l_1_work = missing
            _loop_vars = {}
            pass
            yield '- [ ] **'
            yield t_4(l_1_one.question, 300)
            yield '** ('
            yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).names(l_1_one.owners, ))
            if l_1_one.due:
                pass
                yield ', due '
                yield t_4(l_1_one.due, 20)
            yield ')\n'
            for l_2_option in l_1_one.options:
                l_2_price_of = resolve('price_of')
                l_2_cost_of_it = missing
                _loop_vars = {}
                pass
                yield '  - '
                yield t_4(l_2_option.key, 20)
                yield ': '
                yield t_4(l_2_option.text, 300)
                l_2_cost_of_it = (undefined(name='price_of') if l_2_price_of is missing else l_2_price_of)(l_1_one, l_2_option, )
                _loop_vars['cost_of_it'] = l_2_cost_of_it
                if (undefined(name='cost_of_it') if l_2_cost_of_it is missing else l_2_cost_of_it):
                    pass
                    yield ' ('
                    yield t_4((undefined(name='cost_of_it') if l_2_cost_of_it is missing else l_2_cost_of_it), 160)
                    yield ')'
                if (l_2_option.key == l_1_one.recommended):
                    pass
                    yield ', recommended'
                yield '\n'
            l_2_option = l_2_price_of = l_2_cost_of_it = missing
            l_1_work = (undefined(name='waiting_work') if l_1_waiting_work is missing else l_1_waiting_work)(l_1_one, )
            _loop_vars['work'] = l_1_work
            if (undefined(name='work') if l_1_work is missing else l_1_work):
                pass
                yield '  - waits for it: '
                yield t_4((undefined(name='work') if l_1_work is missing else l_1_work), 300)
                yield '\n'
            yield '  - decide by '
            yield t_3(markup_join(('/gate decide ', l_1_one.id, ' <option>', )), 120)
            yield ' on the pull request'
            if (undefined(name='issue_of') if l_1_issue_of is missing else l_1_issue_of)(markup_join(('decision/', l_1_one.id, )), ):
                pass
                yield ' or in '
                yield environment.finalize((undefined(name='issue_of') if l_1_issue_of is missing else l_1_issue_of)(markup_join(('decision/', l_1_one.id, )), ))
            if (not l_1_one.proposed):
                pass
                yield ', or by `chosen:` at '
                yield t_3(t_6(l_1_one.place), 120)
            yield '\n'
        l_1_one = l_1_waiting_work = l_1_work = l_1_issue_of = missing
        if (t_5((undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions)) > 20):
            pass
            yield '- and '
            yield environment.finalize((t_5((undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions)) - 20))
            yield ' more\n'
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).action_items:
        pass
        yield '## Overview\n\n| done | action item | severity | owner | estimate | from | to | clears |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n'
        for l_1_one in (undefined(name='a') if l_0_a is missing else l_0_a).action_items:
            l_1_scheduled = resolve('scheduled')
            l_1_slot = missing
            _loop_vars = {}
            pass
            l_1_slot = (undefined(name='scheduled') if l_1_scheduled is missing else l_1_scheduled).get(l_1_one.id, )
            _loop_vars['slot'] = l_1_slot
            yield '| '
            if l_1_one.done_by:
                pass
                yield '☑'
            else:
                pass
                yield '☐'
            yield ' | '
            yield t_2(l_1_one.title, 160)
            yield ' | '
            yield t_2(l_1_one.severity.value)
            yield ' | '
            yield t_2(l_1_one.owner, 60)
            yield ' | '
            yield t_2(l_1_one.estimate, 20)
            yield ' | '
            if (undefined(name='slot') if l_1_slot is missing else l_1_slot):
                pass
                yield t_2(t_6((undefined(name='slot') if l_1_slot is missing else l_1_slot).start))
            else:
                pass
                yield '—'
            yield ' | '
            if (undefined(name='slot') if l_1_slot is missing else l_1_slot):
                pass
                yield t_2(t_6((undefined(name='slot') if l_1_slot is missing else l_1_slot).end))
            else:
                pass
                yield '—'
            yield ' | '
            if l_1_one.manual:
                pass
                yield 'by hand'
            else:
                pass
                yield environment.finalize(t_5(l_1_one.findings))
            yield ' |\n'
        l_1_one = l_1_scheduled = l_1_slot = missing
        yield '| | all | | | '
        yield t_2((undefined(name='effort') if l_0_effort is missing else l_0_effort))
        yield ' | | | |\n\n'
        l_1_loop = missing
        for l_1_phase, l_1_loop in LoopContext((undefined(name='phases') if l_0_phases is missing else l_0_phases), undefined):
            l_1_effort_of = resolve('effort_of')
            _loop_vars = {}
            pass
            yield '## Phase '
            yield t_4(l_1_phase.name, 60)
            yield ': '
            yield t_4((undefined(name='effort_of') if l_1_effort_of is missing else l_1_effort_of)(l_1_phase.items, ))
            yield '\n\n'
            l_2_loop = missing
            for l_2_item, l_2_loop in LoopContext(l_1_phase.items, undefined):
                l_2_scheduled = resolve('scheduled')
                l_2_issue_of = resolve('issue_of')
                l_2_findings_of = resolve('findings_of')
                l_2_own = resolve('own')
                l_2_check_command = resolve('check_command')
                l_2_codes_of = resolve('codes_of')
                l_2_slot = missing
                _loop_vars = {}
                pass
                yield '### '
                yield t_4(l_2_item.title, 200)
                yield '\n\n'
                yield t_4(t_1(l_2_item.severity.value))
                yield ', '
                yield t_4(l_2_item.owner, 80)
                yield ', '
                yield t_4(l_2_item.estimate, 20)
                l_2_slot = (undefined(name='scheduled') if l_2_scheduled is missing else l_2_scheduled).get(l_2_item.id, )
                _loop_vars['slot'] = l_2_slot
                if (undefined(name='slot') if l_2_slot is missing else l_2_slot):
                    pass
                    yield ', '
                    yield t_4(t_6((undefined(name='slot') if l_2_slot is missing else l_2_slot).start))
                    if ((undefined(name='slot') if l_2_slot is missing else l_2_slot).end != (undefined(name='slot') if l_2_slot is missing else l_2_slot).start):
                        pass
                        yield ' to '
                        yield t_4(t_6((undefined(name='slot') if l_2_slot is missing else l_2_slot).end))
                    if (undefined(name='slot') if l_2_slot is missing else l_2_slot).critical:
                        pass
                        yield ', sets the date'
                if l_2_item.after:
                    pass
                    yield ', after '
                    l_3_loop = missing
                    for l_3_id, l_3_loop in LoopContext(l_2_item.after[:6], undefined):
                        _loop_vars = {}
                        pass
                        yield t_3(l_3_id, 80)
                        if (not l_3_loop.last):
                            pass
                            yield ', '
                    l_3_loop = l_3_id = missing
                if (undefined(name='issue_of') if l_2_issue_of is missing else l_2_issue_of)(l_2_item.id, ):
                    pass
                    yield ', '
                    yield environment.finalize((undefined(name='issue_of') if l_2_issue_of is missing else l_2_issue_of)(l_2_item.id, ))
                yield '\n\n'
                for l_3_task in l_2_item.tasks:
                    _loop_vars = {}
                    pass
                    yield '- ['
                    if l_2_item.done_by:
                        pass
                        yield 'x'
                    else:
                        pass
                        yield ' '
                    yield '] '
                    yield t_4(l_3_task, 300)
                    yield '\n'
                l_3_task = missing
                yield '\n'
                if l_2_item.done_by:
                    pass
                    yield 'Done, as '
                    yield t_3(l_2_item.done_by, 60)
                    yield ' says.\n\n'
                elif l_2_item.manual:
                    pass
                    yield 'Done when a member of '
                    yield t_4(l_2_item.owner, 80)
                    yield ' closes its issue; no file can prove it.\n\n'
                else:
                    pass
                    l_2_own = (undefined(name='findings_of') if l_2_findings_of is missing else l_2_findings_of)(l_2_item, )
                    _loop_vars['own'] = l_2_own
                    yield 'Evidence:\n\n'
                    for l_3_one in (undefined(name='own') if l_2_own is missing else l_2_own)[:25]:
                        _loop_vars = {}
                        pass
                        yield '- '
                        yield t_4(l_3_one.title, 200)
                        yield ': '
                        yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).places(l_3_one, ))
                        yield '\n'
                    l_3_one = missing
                    if (t_5((undefined(name='own') if l_2_own is missing else l_2_own)) > 25):
                        pass
                        yield '- and '
                        yield environment.finalize((t_5((undefined(name='own') if l_2_own is missing else l_2_own)) - 25))
                        yield ' more in the readiness report\n'
                    yield '\nDone when '
                    yield t_3((undefined(name='check_command') if l_2_check_command is missing else l_2_check_command))
                    yield ' no longer lists '
                    l_3_loop = missing
                    for l_3_id, l_3_loop in LoopContext(l_2_item.findings[:5], undefined):
                        _loop_vars = {}
                        pass
                        yield t_3(l_3_id, 160)
                        if (not l_3_loop.last):
                            pass
                            yield ', '
                    l_3_loop = l_3_id = missing
                    if (t_5(l_2_item.findings) > 5):
                        pass
                        yield ' and '
                        yield environment.finalize((t_5(l_2_item.findings) - 5))
                        yield ' more'
                    yield '; why it matters: '
                    l_3_loop = missing
                    for l_3_code, l_3_loop in LoopContext((undefined(name='codes_of') if l_2_codes_of is missing else l_2_codes_of)(l_2_item, )[:4], undefined):
                        _loop_vars = {}
                        pass
                        yield t_3(markup_join(('bbws-gate explain ', l_3_code, )))
                        if (not l_3_loop.last):
                            pass
                            yield ', '
                    l_3_loop = l_3_code = missing
                    yield '.\n\n'
            l_2_loop = l_2_item = l_2_scheduled = l_2_slot = l_2_issue_of = l_2_findings_of = l_2_own = l_2_check_command = l_2_codes_of = missing
        l_1_loop = l_1_phase = l_1_effort_of = missing
    if (undefined(name='missing_approvals') if l_0_missing_approvals is missing else l_0_missing_approvals):
        pass
        yield '## Then: approve\n\n'
        for l_1_one in (undefined(name='missing_approvals') if l_0_missing_approvals is missing else l_0_missing_approvals):
            _loop_vars = {}
            pass
            yield '- [ ] '
            yield t_4(l_1_one.role, 80)
            if l_1_one.scope:
                pass
                yield ': '
                yield t_4(l_1_one.scope, 200)
            if (undefined(name='a') if l_0_a is missing else l_0_a).commit:
                pass
                yield ', by '
                yield t_3(markup_join(('/gate approve ', l_1_one.role, ' ', (undefined(name='a') if l_0_a is missing else l_0_a).commit[:7], )), 120)
            yield '\n'
        l_1_one = missing

blocks = {}
debug_info = '1=58&2=61&4=65&6=71&7=77&11=80&12=82&15=84&18=87&19=94&20=102&21=108&24=123&25=125&26=128&28=131&31=143&32=146&36=149&41=152&42=157&43=160&45=198&47=201&48=206&50=211&51=222&53=224&56=259&57=263&60=274&61=277&63=279&64=282&67=286&70=289&71=293&73=298&74=301&77=304&83=333&86=336&87=340'
