"""Made by `make docs` of templates/_details.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = '_details.md.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_a = resolve('a')
    l_0_section = resolve('section')
    l_0_proposal_line = resolve('proposal_line')
    l_0_groups = resolve('groups')
    l_0_fixed = resolve('fixed')
    l_0_most = resolve('most')
    l_0_deferred = resolve('deferred')
    l_0_open_decisions = resolve('open_decisions')
    l_0_given = resolve('given')
    l_0_required = resolve('required')
    l_0_effort = resolve('effort')
    l_0_schedule = resolve('schedule')
    l_0_schedule_headline = resolve('schedule_headline')
    l_0_unverified = resolve('unverified')
    l_0_waived = resolve('waived')
    l_0_held = resolve('held')
    l_0_total = resolve('total')
    l_0_score_rule = resolve('score_rule')
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
        t_4 = environment.filters['html']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'html' found.")
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
    pass
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', '_details.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    if (undefined(name='a') if l_0_a is missing else l_0_a).proposal:
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('what this change does to its own rules'), ))
        yield '<details><summary><b>What this change does to its own rules</b>: '
        yield t_4((undefined(name='proposal_line') if l_0_proposal_line is missing else l_0_proposal_line))
        yield '</summary>\n\n'
        template = environment.get_template('_proposal.md.j2', '_details.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n</details>\n\n'
    def t_7(fiter):
        for l_1_group in fiter:
            if l_1_group.findings:
                yield l_1_group
    l_1_loop = missing
    for l_1_group, l_1_loop in LoopContext(t_7((undefined(name='groups') if l_0_groups is missing else l_0_groups)), undefined):
        _loop_vars = {}
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(t_5(markup_join((l_1_group.category, ': ', l_1_group.summary, )), 120), ))
        if l_1_loop.first:
            pass
            yield '**All findings**\n\n'
        yield '<details><summary><b>'
        yield t_4(l_1_group.category)
        yield '</b>: '
        yield t_4(l_1_group.summary)
        yield '</summary>\n\n'
        for l_2_one in l_1_group.findings[:(undefined(name='most') if l_0_most is missing else l_0_most)]:
            _loop_vars = {}
            pass
            yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).finding(l_2_one, ))
            yield '\n'
        l_2_one = missing
        if (t_6(l_1_group.findings) > (undefined(name='most') if l_0_most is missing else l_0_most)):
            pass
            yield '- and '
            yield environment.finalize((t_6(l_1_group.findings) - (undefined(name='most') if l_0_most is missing else l_0_most)))
            yield ' more in the full report\n'
        yield '\n</details>\n\n'
    l_1_loop = l_1_group = missing
    if (undefined(name='fixed') if l_0_fixed is missing else l_0_fixed):
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('what this change fixes'), ))
        yield '<details><summary><b>Fixed by this change</b>: '
        yield environment.finalize(t_6((undefined(name='fixed') if l_0_fixed is missing else l_0_fixed)))
        yield '</summary>\n\n'
        for l_1_one in (undefined(name='fixed') if l_0_fixed is missing else l_0_fixed)[:(undefined(name='most') if l_0_most is missing else l_0_most)]:
            _loop_vars = {}
            pass
            yield '- '
            yield t_5(l_1_one.title, 200)
            yield ' '
            yield t_2(l_1_one.id, 200)
            yield '\n'
        l_1_one = missing
        if (t_6((undefined(name='fixed') if l_0_fixed is missing else l_0_fixed)) > (undefined(name='most') if l_0_most is missing else l_0_most)):
            pass
            yield '- and '
            yield environment.finalize((t_6((undefined(name='fixed') if l_0_fixed is missing else l_0_fixed)) - (undefined(name='most') if l_0_most is missing else l_0_most)))
            yield ' more\n'
        yield '\n</details>\n\n'
    if (undefined(name='deferred') if l_0_deferred is missing else l_0_deferred):
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('put off'), ))
        yield '<details><summary><b>Put off</b>: '
        yield environment.finalize(t_6((undefined(name='deferred') if l_0_deferred is missing else l_0_deferred)))
        yield '</summary>\n\n| finding | put off by decision |\n| --- | --- |\n'
        for l_1_one in (undefined(name='deferred') if l_0_deferred is missing else l_0_deferred)[:(undefined(name='most') if l_0_most is missing else l_0_most)]:
            _loop_vars = {}
            pass
            yield '| '
            yield t_1(l_1_one.title, 160)
            yield ' '
            yield t_3(l_1_one.id, 160)
            yield ' | '
            yield t_3(l_1_one.deferred, 60)
            yield ' |\n'
        l_1_one = missing
        yield '\n</details>\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).decisions:
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('decisions'), ))
        yield '<details><summary><b>Decisions</b>: '
        yield environment.finalize(t_6((undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions)))
        yield ' open, '
        yield environment.finalize((t_6((undefined(name='a') if l_0_a is missing else l_0_a).decisions) - t_6((undefined(name='open_decisions') if l_0_open_decisions is missing else l_0_open_decisions))))
        yield ' taken</summary>\n\n| decision | question | options | who decides | chosen |\n| --- | --- | --- | --- | --- |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).decisions[:(undefined(name='most') if l_0_most is missing else l_0_most)], undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_3(l_1_one.id, 60)
            yield ' | '
            yield t_1(l_1_one.question, 200)
            yield ' | '
            l_2_loop = missing
            for l_2_option, l_2_loop in LoopContext(l_1_one.options, undefined):
                _loop_vars = {}
                pass
                yield t_1(markup_join((l_2_option.key, ': ', l_2_option.text, (' (recommended)' if (l_2_option.key == l_1_one.recommended) else ''), )), 160)
                if (not l_2_loop.last):
                    pass
                    yield '<br>'
            l_2_loop = l_2_option = missing
            yield ' | '
            l_2_loop = missing
            for l_2_role, l_2_loop in LoopContext(l_1_one.owners, undefined):
                _loop_vars = {}
                pass
                yield t_1(l_2_role, 60)
                if (not l_2_loop.last):
                    pass
                    yield ', '
            l_2_loop = l_2_role = missing
            yield ' | '
            if l_1_one.chosen:
                pass
                yield t_1(l_1_one.chosen, 60)
                if l_1_one.chosen_by:
                    pass
                    yield ' by '
                    yield t_3(l_1_one.chosen_by, 60)
                if l_1_one.reason:
                    pass
                    yield ': '
                    yield t_1(l_1_one.reason, 300)
            else:
                pass
                yield 'open'
                if l_1_one.proposed:
                    pass
                    yield ', asked by the gate'
                if l_1_one.due:
                    pass
                    yield ', due '
                    yield t_1(l_1_one.due, 20)
            yield ' |\n'
        l_1_loop = l_1_one = missing
        yield '\n</details>\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).approvals:
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('approvals'), ))
        yield '<details><summary><b>Approvals</b>: '
        yield environment.finalize((undefined(name='given') if l_0_given is missing else l_0_given))
        yield ' of '
        yield environment.finalize((undefined(name='required') if l_0_required is missing else l_0_required))
        yield ' given for this commit</summary>\n\n| role | for | needed | given by |\n| --- | --- | --- | --- |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).approvals[:(undefined(name='most') if l_0_most is missing else l_0_most)], undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_1(l_1_one.role, 60)
            yield ' | '
            yield t_1(l_1_one.scope, 120)
            yield ' | '
            if l_1_one.required:
                pass
                yield 'yes'
            else:
                pass
                yield 'no'
            if l_1_one.when:
                pass
                yield ', when '
                yield t_3(l_1_one.when, 80)
            yield ' | '
            if l_1_one.given:
                pass
                l_2_loop = missing
                for l_2_login, l_2_loop in LoopContext(l_1_one.given, undefined):
                    _loop_vars = {}
                    pass
                    yield t_3(l_2_login, 60)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_login = missing
            elif l_1_one.given_by:
                pass
                yield t_3(l_1_one.given_by, 60)
            else:
                pass
                yield '—'
            if (l_1_one.count > 1):
                pass
                yield ' ('
                yield environment.finalize(t_6(l_1_one.given))
                yield ' of '
                yield environment.finalize(l_1_one.count)
                yield ')'
            if l_1_one.dropped:
                pass
                yield '; '
                yield t_1(l_1_one.dropped, 200)
            yield ' |\n'
        l_1_loop = l_1_one = missing
        yield '\n</details>\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).action_items:
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('action items'), ))
        yield '<details><summary><b>Action items</b>: '
        yield environment.finalize(t_6((undefined(name='a') if l_0_a is missing else l_0_a).action_items))
        yield ', '
        yield t_4((undefined(name='effort') if l_0_effort is missing else l_0_effort))
        yield ' of work</summary>\n\n| action item | owner | estimate | phase | clears |\n| --- | --- | --- | --- | --- |\n'
        for l_1_one in (undefined(name='a') if l_0_a is missing else l_0_a).action_items[:(undefined(name='most') if l_0_most is missing else l_0_most)]:
            _loop_vars = {}
            pass
            yield '| '
            yield t_1(l_1_one.title, 160)
            yield ' | '
            yield t_1(l_1_one.owner, 60)
            yield ' | '
            yield t_1(l_1_one.estimate, 20)
            yield ' | '
            yield t_1(l_1_one.phase, 40)
            yield ' | '
            if l_1_one.done_by:
                pass
                yield 'done by '
                yield t_3(l_1_one.done_by, 60)
            elif l_1_one.manual:
                pass
                yield 'by hand'
                if l_1_one.note:
                    pass
                    yield '; '
                    yield t_1(l_1_one.note, 160)
            else:
                pass
                yield environment.finalize(t_6(l_1_one.findings))
            yield ' |\n'
        l_1_one = missing
        if (t_6((undefined(name='a') if l_0_a is missing else l_0_a).action_items) > (undefined(name='most') if l_0_most is missing else l_0_most)):
            pass
            yield '\n'
            yield environment.finalize((t_6((undefined(name='a') if l_0_a is missing else l_0_a).action_items) - (undefined(name='most') if l_0_most is missing else l_0_most)))
            yield ' more in the full report.\n'
        yield '\n</details>\n\n'
    if ((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule) and environment.getitem((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule), 'items')):
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('schedule'), ))
        yield '<details><summary><b>Schedule</b>: '
        yield t_4((undefined(name='schedule_headline') if l_0_schedule_headline is missing else l_0_schedule_headline))
        yield '</summary>\n\n'
        template = environment.get_template('_schedule.md.j2', '_details.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n</details>\n\n'
    if (undefined(name='unverified') if l_0_unverified is missing else l_0_unverified):
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('what could not be verified'), ))
        yield '<details><summary><b>Not verified</b>: '
        yield environment.finalize(t_6((undefined(name='unverified') if l_0_unverified is missing else l_0_unverified)))
        yield '</summary>\n\n'
        for l_1_line in (undefined(name='unverified') if l_0_unverified is missing else l_0_unverified)[:(undefined(name='most') if l_0_most is missing else l_0_most)]:
            _loop_vars = {}
            pass
            yield '- '
            yield t_5(l_1_line.item, 200)
            yield ': '
            yield t_5(l_1_line.reason, 300)
            for l_2_fact in l_1_line.evidence[:2]:
                l_2_at = resolve('at')
                _loop_vars = {}
                pass
                yield ' ('
                yield environment.finalize((undefined(name='at') if l_2_at is missing else l_2_at)(l_2_fact.place, ))
                yield ')'
            l_2_fact = l_2_at = missing
            yield '\n'
        l_1_line = missing
        if (t_6((undefined(name='unverified') if l_0_unverified is missing else l_0_unverified)) > (undefined(name='most') if l_0_most is missing else l_0_most)):
            pass
            yield '- and '
            yield environment.finalize((t_6((undefined(name='unverified') if l_0_unverified is missing else l_0_unverified)) - (undefined(name='most') if l_0_most is missing else l_0_most)))
            yield ' more in the full report\n'
        yield '\n</details>\n\n'
    if (undefined(name='waived') if l_0_waived is missing else l_0_waived):
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('waivers'), ))
        yield '<details><summary><b>Waived</b>: '
        yield environment.finalize(t_6((undefined(name='waived') if l_0_waived is missing else l_0_waived)))
        yield '</summary>\n\n| finding | until | accepted by | reason |\n| --- | --- | --- | --- |\n'
        for l_1_one in (undefined(name='waived') if l_0_waived is missing else l_0_waived)[:(undefined(name='most') if l_0_most is missing else l_0_most)]:
            _loop_vars = {}
            pass
            yield '| '
            yield t_1(l_1_one.title, 160)
            yield ' '
            yield t_3(l_1_one.id, 160)
            yield ' | '
            yield t_1(l_1_one.waiver.until, 20)
            yield ' | '
            yield t_3(l_1_one.waiver.by, 60)
            yield ' | '
            yield t_1(l_1_one.waiver.reason, 300)
            yield ' |\n'
        l_1_one = missing
        yield '\n</details>\n\n'
    if ((undefined(name='a') if l_0_a is missing else l_0_a).downstream or (undefined(name='a') if l_0_a is missing else l_0_a).upstream):
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('dependencies'), ))
        yield '<details><summary><b>Dependencies</b>: '
        yield environment.finalize(t_6((undefined(name='held') if l_0_held is missing else l_0_held)))
        yield ' of '
        yield environment.finalize((t_6((undefined(name='a') if l_0_a is missing else l_0_a).upstream) + t_6((undefined(name='a') if l_0_a is missing else l_0_a).downstream)))
        yield ' held up</summary>\n\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).upstream[:(undefined(name='most') if l_0_most is missing else l_0_most)], undefined):
            _loop_vars = {}
            pass
            yield '- needs '
            yield t_2(l_1_one.project, 80)
            if l_1_one.requires:
                pass
                yield ' for '
                l_2_loop = missing
                for l_2_part, l_2_loop in LoopContext(l_1_one.requires[:6], undefined):
                    _loop_vars = {}
                    pass
                    yield t_2(l_2_part, 80)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_part = missing
            if l_1_one.blocked_by:
                pass
                yield ': held up'
            yield '\n'
        l_1_loop = l_1_one = missing
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).downstream[:(undefined(name='most') if l_0_most is missing else l_0_most)], undefined):
            _loop_vars = {}
            pass
            yield '- '
            yield t_2(l_1_one.project, 80)
            if l_1_one.requires:
                pass
                yield ' needs '
                l_2_loop = missing
                for l_2_part, l_2_loop in LoopContext(l_1_one.requires[:6], undefined):
                    _loop_vars = {}
                    pass
                    yield t_2(l_2_part, 80)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_part = missing
            yield ': '
            if l_1_one.blocked_by:
                pass
                yield 'held up by '
                l_2_loop = missing
                for l_2_id, l_2_loop in LoopContext(l_1_one.blocked_by[:4], undefined):
                    _loop_vars = {}
                    pass
                    yield t_2(l_2_id, 120)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_id = missing
                if (t_6(l_1_one.blocked_by) > 4):
                    pass
                    yield ' and '
                    yield environment.finalize((t_6(l_1_one.blocked_by) - 4))
                    yield ' more'
                for l_2_id in l_1_one.deferred_by[:4]:
                    _loop_vars = {}
                    pass
                    yield ', put off by decision '
                    yield t_2(l_2_id, 60)
                l_2_id = missing
            else:
                pass
                yield 'not held up'
            yield '\n'
        l_1_loop = l_1_one = missing
        yield '\n</details>\n\n'
    if (undefined(name='groups') if l_0_groups is missing else l_0_groups):
        pass
        yield environment.finalize((undefined(name='section') if l_0_section is missing else l_0_section)(Markup('coverage and score'), ))
        yield '<details><summary><b>Coverage and score</b>: '
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.verified)
        yield ' of '
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.total)
        yield ' lines verified</summary>\n\n| category | passed | failed | unverified | points |\n| --- | ---: | ---: | ---: | ---: |\n'
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
        yield t_5((undefined(name='score_rule') if l_0_score_rule is missing else l_0_score_rule))
        yield '\n\n</details>\n\n'

blocks = {}
debug_info = '1=66&2=68&3=70&5=74&10=81&11=89&14=94&16=98&17=101&19=104&20=107&26=111&27=113&29=117&30=121&32=126&33=129&39=132&40=134&44=138&45=142&51=150&52=152&56=159&57=163&63=211&64=213&68=220&69=224&75=270&76=272&80=278&81=282&83=306&85=309&91=312&92=314&94=318&99=325&100=327&102=331&103=335&106=348&107=351&113=354&114=356&118=360&119=364&125=376&126=378&128=385&129=389&132=408&133=412&140=455&141=457&145=463&146=467&148=481&150=491'
