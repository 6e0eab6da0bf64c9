"""Made by `make docs` of templates/readiness_report.md.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'readiness_report.md.j2'

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
    l_0_groups = resolve('groups')
    l_0_resources = resolve('resources')
    l_0_environments = resolve('environments')
    l_0_resource_types = resolve('resource_types')
    l_0_matrix = resolve('matrix')
    l_0_d = resolve('d')
    l_0_fixed = resolve('fixed')
    l_0_waived = resolve('waived')
    l_0_deferred = resolve('deferred')
    l_0_workflow_path = resolve('workflow_path')
    l_0_schedule = resolve('schedule')
    l_0_schedule_headline = resolve('schedule_headline')
    l_0_dependency_graph = resolve('dependency_graph')
    l_0_cost = resolve('cost')
    l_0_moments = resolve('moments')
    l_0_change = resolve('change')
    l_0_m = missing
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
    try:
        t_8 = environment.filters['sum']
    except KeyError:
        @internalcode
        def t_8(*unused):
            raise TemplateRuntimeError("No filter named 'sum' found.")
    pass
    l_0_m = context.vars['m'] = environment.get_template('_macros.md.j2', 'readiness_report.md.j2').make_module(context.get_all(), True, {'m': l_0_m})
    context.exported_vars.discard('m')
    yield '# Readiness report: '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).project, 80)
    yield ' to '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).environment, 40)
    yield '\n\n'
    yield environment.finalize((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol))
    yield ' **'
    yield t_5((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '** — '
    yield t_5((undefined(name='verdict') if l_0_verdict is missing else l_0_verdict))
    yield '\n\n| Verdict | '
    yield t_2((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield ' |\n| --- | --- |\n| Commit | '
    if (undefined(name='a') if l_0_a is missing else l_0_a).commit:
        pass
        yield t_4((undefined(name='a') if l_0_a is missing else l_0_a).commit, 80)
    else:
        pass
        yield 'no git'
    yield ' |\n| Assessed | '
    yield t_2((undefined(name='a') if l_0_a is missing else l_0_a).assessed_at, 40)
    yield ' by bbws-gate '
    yield t_2((undefined(name='a') if l_0_a is missing else l_0_a).version, 40)
    yield ' |\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).spec_path:
        pass
        yield '| Spec | '
        yield t_4((undefined(name='a') if l_0_a is missing else l_0_a).spec_path, 160)
        yield ', sha256 '
        yield t_4((undefined(name='a') if l_0_a is missing else l_0_a).spec_digest, 80)
        yield ' |\n'
    yield '| Result | '
    yield t_2((undefined(name='tally') if l_0_tally is missing else l_0_tally))
    yield ' |\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).target_date:
        pass
        yield '| Planned date | '
        yield t_2((undefined(name='a') if l_0_a is missing else l_0_a).target_date, 20)
        yield ' |\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).budget:
        pass
        yield '| Budget a month | '
        yield t_2(markup_join((environment.getitem((undefined(name='a') if l_0_a is missing else l_0_a).budget, 0), ' ', environment.getitem((undefined(name='a') if l_0_a is missing else l_0_a).budget, 1), )), 40)
        yield ' |\n'
    yield '\n'
    template = environment.get_template('_since.md.j2', 'readiness_report.md.j2')
    gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
    try:
        for event in gen:
            yield event
    finally: gen.close()
    for l_1_note in (undefined(name='a') if l_0_a is missing else l_0_a).notes:
        _loop_vars = {}
        pass
        yield '> '
        yield t_5(l_1_note, 300)
        yield '\n\n'
    l_1_note = missing
    if (undefined(name='a') if l_0_a is missing else l_0_a).error:
        pass
        yield t_1((undefined(name='a') if l_0_a is missing else l_0_a).error)
        yield '\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).proposal:
        pass
        yield '## What this change does to its own rules\n\n'
        template = environment.get_template('_proposal.md.j2', 'readiness_report.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n'
    if (undefined(name='groups') if l_0_groups is missing else l_0_groups):
        pass
        yield '## Score\n\n'
        template = environment.get_template('_score.md.j2', 'readiness_report.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n\n'
    if (undefined(name='resources') if l_0_resources is missing else l_0_resources):
        pass
        yield '## Resources to be created or kept\n\n| resource, and where | name and settings |\n| --- | --- |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='resources') if l_0_resources is missing else l_0_resources)[:200], undefined):
            l_1_at_cell = resolve('at_cell')
            _loop_vars = {}
            pass
            yield '| '
            yield t_4(l_1_one.address, 120)
            if (not l_1_one.counted):
                pass
                yield ' (number unknown)'
            yield '<br>'
            yield environment.finalize((undefined(name='at_cell') if l_1_at_cell is missing else l_1_at_cell)(l_1_one.place, ))
            yield ' | '
            if l_1_one.name:
                pass
                yield t_4(l_1_one.name, 120)
            elif (not l_1_one.details):
                pass
                yield '—'
            l_2_loop = missing
            for l_2_detail, l_2_loop in LoopContext(l_1_one.details, undefined):
                _loop_vars = {}
                pass
                if (l_1_one.name or (not l_2_loop.first)):
                    pass
                    yield '<br>'
                yield t_2(l_2_detail, 300)
            l_2_loop = l_2_detail = missing
            yield ' |\n'
        l_1_loop = l_1_one = l_1_at_cell = missing
        if (t_6((undefined(name='resources') if l_0_resources is missing else l_0_resources)) > 200):
            pass
            yield '\n'
            yield environment.finalize((t_6((undefined(name='resources') if l_0_resources is missing else l_0_resources)) - 200))
            yield ' more are in the JSON.\n'
        yield '\n'
        if (undefined(name='environments') if l_0_environments is missing else l_0_environments):
            pass
            yield 'How many each environment gets from the same code:\n\n| type | '
            for l_1_one in (undefined(name='environments') if l_0_environments is missing else l_0_environments):
                _loop_vars = {}
                pass
                yield t_2(l_1_one.environment, 40)
                yield ' | '
            l_1_one = missing
            yield '\n| --- | '
            for l_1_one in (undefined(name='environments') if l_0_environments is missing else l_0_environments):
                _loop_vars = {}
                pass
                yield '---: | '
            l_1_one = missing
            yield '\n'
            for l_1_kind in (undefined(name='resource_types') if l_0_resource_types is missing else l_0_resource_types)[:60]:
                _loop_vars = {}
                pass
                yield '| '
                yield t_4(l_1_kind, 80)
                yield ' | '
                for l_2_one in (undefined(name='environments') if l_0_environments is missing else l_0_environments):
                    _loop_vars = {}
                    pass
                    yield environment.finalize(l_2_one.counts.get(l_1_kind, 0, ))
                    yield ' | '
                l_2_one = missing
                yield '\n'
            l_1_kind = missing
            yield '| all | '
            for l_1_one in (undefined(name='environments') if l_0_environments is missing else l_0_environments):
                _loop_vars = {}
                pass
                if l_1_one.at_least:
                    pass
                    yield 'at least '
                yield environment.finalize(t_8(environment, l_1_one.counts.values()))
                yield ' | '
            l_1_one = missing
            yield '\n\n'
    if (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).kinds:
        pass
        yield '## Every source against every other\n\nEach cell counts the checklist lines that rest on both sources: how many hold ✓ and how many fail ✗. Where a line rests on more than two, its finding says which of them differ.\n\n| | '
        for l_1_kind in (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).columns:
            _loop_vars = {}
            pass
            yield t_2(l_1_kind)
            yield ' | '
        l_1_kind = missing
        yield '\n| --- | '
        for l_1_kind in (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).columns:
            _loop_vars = {}
            pass
            yield '--- | '
        l_1_kind = missing
        yield '\n'
        for l_1_left in (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).rows:
            _loop_vars = {}
            pass
            yield '| **'
            yield t_2(l_1_left)
            yield '** | '
            for l_2_right in (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).columns:
                l_2_pair = missing
                _loop_vars = {}
                pass
                l_2_pair = (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).pairs.get((l_1_left, l_2_right), )
                _loop_vars['pair'] = l_2_pair
                if (not (undefined(name='pair') if l_2_pair is missing else l_2_pair)):
                    pass
                    yield '—'
                else:
                    pass
                    if (undefined(name='pair') if l_2_pair is missing else l_2_pair).held:
                        pass
                        yield environment.finalize((undefined(name='pair') if l_2_pair is missing else l_2_pair).held)
                        yield ' ✓'
                    if ((undefined(name='pair') if l_2_pair is missing else l_2_pair).held and (undefined(name='pair') if l_2_pair is missing else l_2_pair).failed):
                        pass
                        yield ', '
                    if (undefined(name='pair') if l_2_pair is missing else l_2_pair).failed:
                        pass
                        yield environment.finalize((undefined(name='pair') if l_2_pair is missing else l_2_pair).failed)
                        yield ' ✗'
                yield ' | '
            l_2_right = l_2_pair = missing
            yield '\n'
        l_1_left = missing
        yield '\n'
        if (undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).failing:
            pass
            yield 'Findings behind the lines that fail:\n\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='matrix') if l_0_matrix is missing else l_0_matrix).failing, undefined):
            _loop_vars = {}
            pass
            yield '- '
            yield t_5(l_1_one.left)
            yield ' and '
            yield t_5(l_1_one.right)
            yield ': '
            l_2_loop = missing
            for l_2_id, l_2_loop in LoopContext(l_1_one.findings[:12], undefined):
                _loop_vars = {}
                pass
                yield t_3(l_2_id, 160)
                if (not l_2_loop.last):
                    pass
                    yield ', '
            l_2_loop = l_2_id = missing
            if (t_6(l_1_one.findings) > 12):
                pass
                yield ' and '
                yield environment.finalize((t_6(l_1_one.findings) - 12))
                yield ' more'
            yield '\n'
        l_1_loop = l_1_one = missing
        yield '\nThe sources: '
        l_1_loop = missing
        for l_1_source, l_1_loop in LoopContext((undefined(name='d') if l_0_d is missing else l_0_d).sources, undefined):
            _loop_vars = {}
            pass
            yield t_5(l_1_source.kind)
            yield ' ('
            l_2_loop = missing
            for l_2_path, l_2_loop in LoopContext(l_1_source.paths[:4], undefined):
                _loop_vars = {}
                pass
                yield t_3(l_2_path, 120)
                if (not l_2_loop.last):
                    pass
                    yield ', '
            l_2_loop = l_2_path = missing
            if (t_6(l_1_source.paths) > 4):
                pass
                yield ' and '
                yield environment.finalize((t_6(l_1_source.paths) - 4))
                yield ' more'
            yield ')'
            if (not l_1_loop.last):
                pass
                yield '; '
        l_1_loop = l_1_source = missing
        yield '.\n\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).open_findings:
        pass
        yield '## Findings\n\n'
        def t_9(fiter):
            for l_1_group in fiter:
                if l_1_group.findings:
                    yield l_1_group
        for l_1_group in t_9((undefined(name='groups') if l_0_groups is missing else l_0_groups)):
            _loop_vars = {}
            pass
            yield '### '
            yield t_5(l_1_group.category, 60)
            yield '\n\n'
            for l_2_one in l_1_group.findings:
                _loop_vars = {}
                pass
                yield environment.finalize((undefined(name='m') if l_0_m is missing else l_0_m).finding(l_2_one, ))
                yield '\n'
            l_2_one = missing
            yield '\n'
        l_1_group = missing
    if (undefined(name='fixed') if l_0_fixed is missing else l_0_fixed):
        pass
        yield '## Fixed by this change\n\n'
        for l_1_one in (undefined(name='fixed') if l_0_fixed is missing else l_0_fixed):
            _loop_vars = {}
            pass
            yield '- '
            yield t_5(l_1_one.title, 200)
            yield ' '
            yield t_3(l_1_one.id, 200)
            yield '\n'
        l_1_one = missing
        yield '\n'
    if (undefined(name='waived') if l_0_waived is missing else l_0_waived):
        pass
        yield '## Waived\n\n| finding | until | accepted by | reason |\n| --- | --- | --- | --- |\n'
        for l_1_one in (undefined(name='waived') if l_0_waived is missing else l_0_waived):
            _loop_vars = {}
            pass
            yield '| '
            yield t_2(l_1_one.title, 160)
            yield ' '
            yield t_4(l_1_one.id, 160)
            yield ' | '
            yield t_2(l_1_one.waiver.until, 20)
            yield ' | '
            yield t_4(l_1_one.waiver.by, 60)
            yield ' | '
            yield t_2(l_1_one.waiver.reason, 300)
            yield ' |\n'
        l_1_one = missing
        yield '\n'
    if (undefined(name='deferred') if l_0_deferred is missing else l_0_deferred):
        pass
        yield '## Put off\n\n| finding | put off by decision |\n| --- | --- |\n'
        for l_1_one in (undefined(name='deferred') if l_0_deferred is missing else l_0_deferred):
            _loop_vars = {}
            pass
            yield '| '
            yield t_2(l_1_one.title, 160)
            yield ' '
            yield t_4(l_1_one.id, 160)
            yield ' | '
            yield t_4(l_1_one.deferred, 60)
            yield ' |\n'
        l_1_one = missing
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).decisions:
        pass
        yield '## Decisions\n\n| decision | question | options | who decides | chosen |\n| --- | --- | --- | --- | --- |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).decisions, undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_4(l_1_one.id, 60)
            yield ' | '
            yield t_2(l_1_one.question, 200)
            yield ' | '
            l_2_loop = missing
            for l_2_option, l_2_loop in LoopContext(l_1_one.options, undefined):
                _loop_vars = {}
                pass
                yield t_2(markup_join((l_2_option.key, ': ', l_2_option.text, (' (recommended)' if (l_2_option.key == l_1_one.recommended) else ''), )), 160)
                if (not l_2_loop.last):
                    pass
                    yield '<br>'
            l_2_loop = l_2_option = missing
            yield ' | '
            l_2_loop = missing
            for l_2_role, l_2_loop in LoopContext(l_1_one.owners, undefined):
                _loop_vars = {}
                pass
                yield t_2(l_2_role, 60)
                if (not l_2_loop.last):
                    pass
                    yield ', '
            l_2_loop = l_2_role = missing
            yield ' | '
            if l_1_one.chosen:
                pass
                yield t_2(l_1_one.chosen, 60)
                if l_1_one.chosen_by:
                    pass
                    yield ' by '
                    yield t_4(l_1_one.chosen_by, 60)
                if l_1_one.reason:
                    pass
                    yield ': '
                    yield t_2(l_1_one.reason, 300)
            else:
                pass
                yield 'open'
                if l_1_one.proposed:
                    pass
                    yield ', asked by the gate'
                if l_1_one.due:
                    pass
                    yield ', due '
                    yield t_2(l_1_one.due, 20)
            yield ' |\n'
        l_1_loop = l_1_one = missing
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).approvals:
        pass
        yield '## Approvals\n\n| role | for | needed | given by |\n| --- | --- | --- | --- |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).approvals, undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_2(l_1_one.role, 60)
            yield ' | '
            yield t_2(l_1_one.scope, 120)
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
                yield t_4(l_1_one.when, 80)
            yield ' | '
            if l_1_one.given:
                pass
                l_2_loop = missing
                for l_2_login, l_2_loop in LoopContext(l_1_one.given, undefined):
                    _loop_vars = {}
                    pass
                    yield t_4(l_2_login, 60)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_login = missing
            elif l_1_one.given_by:
                pass
                yield t_4(l_1_one.given_by, 60)
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
                yield t_2(l_1_one.dropped, 200)
            yield ' |\n'
        l_1_loop = l_1_one = missing
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).risks:
        pass
        yield '## Risks\n\n| risk | likelihood | impact | mitigation |\n| --- | --- | --- | --- |\n'
        for l_1_one in (undefined(name='a') if l_0_a is missing else l_0_a).risks:
            _loop_vars = {}
            pass
            yield '| '
            yield t_2(l_1_one.risk, 300)
            yield ' | '
            yield t_2(l_1_one.likelihood, 10)
            yield ' | '
            yield t_2(l_1_one.impact, 10)
            yield ' | '
            yield t_2(l_1_one.mitigation, 300)
            yield ' |\n'
        l_1_one = missing
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).rollback:
        pass
        yield '## Rollback\n\n'
        if (undefined(name='a') if l_0_a is missing else l_0_a).rollback.duration:
            pass
            yield 'Takes '
            yield t_5((undefined(name='a') if l_0_a is missing else l_0_a).rollback.duration, 20)
            yield '.\n\n'
        if (undefined(name='a') if l_0_a is missing else l_0_a).rollback.document:
            pass
            yield 'Described in '
            yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).rollback.document, 200)
            yield '.\n\n'
        for l_1_one in (undefined(name='a') if l_0_a is missing else l_0_a).rollback.triggers:
            _loop_vars = {}
            pass
            yield '- when '
            yield t_5(l_1_one, 300)
            yield '\n'
        l_1_one = missing
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).rollback.steps, undefined):
            _loop_vars = {}
            pass
            yield environment.finalize(l_1_loop.index)
            yield '. '
            yield t_5(l_1_one, 300)
            yield '\n'
        l_1_loop = l_1_one = missing
        yield '\n'
    if ((undefined(name='d') if l_0_d is missing else l_0_d) and (undefined(name='d') if l_0_d is missing else l_0_d).deployment):
        pass
        yield '## Deployment\n\nWhat '
        yield t_3((undefined(name='workflow_path') if l_0_workflow_path is missing else l_0_workflow_path), 160)
        yield ' does, in this order:\n\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='d') if l_0_d is missing else l_0_d).deployment, undefined):
            l_1_at = resolve('at')
            _loop_vars = {}
            pass
            yield environment.finalize(l_1_loop.index)
            yield '. **'
            yield t_5(l_1_one.job, 80)
            yield '** ('
            yield environment.finalize((undefined(name='at') if l_1_at is missing else l_1_at)(l_1_one.place, ))
            yield ')'
            if l_1_one.approval:
                pass
                yield ', held by environment '
                yield t_3(l_1_one.approval, 80)
            if l_1_one.after:
                pass
                yield ', after '
                l_2_loop = missing
                for l_2_job, l_2_loop in LoopContext(l_1_one.after, undefined):
                    _loop_vars = {}
                    pass
                    yield t_5(l_2_job, 60)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_job = missing
            if l_1_one.commands:
                pass
                yield ': '
                l_2_loop = missing
                for l_2_command, l_2_loop in LoopContext(l_1_one.commands[:12], undefined):
                    _loop_vars = {}
                    pass
                    yield t_3(l_2_command, 120)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_command = missing
                if (t_6(l_1_one.commands) > 12):
                    pass
                    yield ' and '
                    yield environment.finalize((t_6(l_1_one.commands) - 12))
                    yield ' more'
            yield '\n'
        l_1_loop = l_1_one = l_1_at = missing
        yield '\n'
    if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule):
        pass
        yield '## Schedule\n\n'
        yield t_5((undefined(name='schedule_headline') if l_0_schedule_headline is missing else l_0_schedule_headline))
        yield '\n\n'
        template = environment.get_template('_schedule.md.j2', 'readiness_report.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        if environment.getitem((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule), 'items'):
            pass
            yield '\n| work | who | from | to | time | slack |\n| --- | --- | --- | --- | --- | --- |\n'
            l_1_loop = missing
            for l_1_item, l_1_loop in LoopContext(environment.getitem((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule), 'items'), undefined):
                l_1_duration_of = resolve('duration_of')
                l_1_slack_of = resolve('slack_of')
                _loop_vars = {}
                pass
                yield '| '
                yield t_2(l_1_item.title, 160)
                if (not l_1_item.holds):
                    pass
                    yield ' (holds nothing up)'
                yield ' | '
                l_2_loop = missing
                for l_2_role, l_2_loop in LoopContext(l_1_item.owners, undefined):
                    _loop_vars = {}
                    pass
                    yield t_2(l_2_role, 60)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_role = missing
                if (l_1_item.person > 1):
                    pass
                    yield ' '
                    yield environment.finalize(l_1_item.person)
                yield ' | '
                yield t_2(t_7(l_1_item.start))
                yield ' | '
                yield t_2(t_7(l_1_item.end))
                yield ' | '
                yield t_2((undefined(name='duration_of') if l_1_duration_of is missing else l_1_duration_of)(l_1_item, ))
                yield ' | '
                yield t_2((undefined(name='slack_of') if l_1_slack_of is missing else l_1_slack_of)(l_1_item, ))
                yield ' |\n'
            l_1_loop = l_1_item = l_1_duration_of = l_1_slack_of = missing
            yield '\nWork begins on the day of the assessment, phase after phase, one person for each role unless the spec says more. The promotion follows on the next working day, when the approvals are given.\n'
        yield '\n'
    if ((undefined(name='a') if l_0_a is missing else l_0_a).upstream or (undefined(name='a') if l_0_a is missing else l_0_a).downstream):
        pass
        yield '## Dependencies\n\n'
        yield t_1((undefined(name='dependency_graph') if l_0_dependency_graph is missing else l_0_dependency_graph), 'mermaid', 12000)
        yield '\n\n| project | direction | requires | state |\n| --- | --- | --- | --- |\n'
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).upstream, undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_4(l_1_one.project, 80)
            yield ' | upstream | '
            l_2_loop = missing
            t_10 = 1
            for l_2_part, l_2_loop in LoopContext(l_1_one.requires[:8], undefined):
                _loop_vars = {}
                pass
                yield t_4(l_2_part, 80)
                if (not l_2_loop.last):
                    pass
                    yield ', '
                t_10 = 0
            l_2_loop = l_2_part = missing
            if t_10:
                pass
                yield '—'
            yield ' | '
            if l_1_one.blocked_by:
                pass
                yield 'held up'
            else:
                pass
                yield 'free'
            yield ' |\n'
        l_1_loop = l_1_one = missing
        l_1_loop = missing
        for l_1_one, l_1_loop in LoopContext((undefined(name='a') if l_0_a is missing else l_0_a).downstream, undefined):
            _loop_vars = {}
            pass
            yield '| '
            yield t_4(l_1_one.project, 80)
            yield ' | downstream | '
            l_2_loop = missing
            t_11 = 1
            for l_2_part, l_2_loop in LoopContext(l_1_one.requires[:8], undefined):
                _loop_vars = {}
                pass
                yield t_4(l_2_part, 80)
                if (not l_2_loop.last):
                    pass
                    yield ', '
                t_11 = 0
            l_2_loop = l_2_part = missing
            if t_11:
                pass
                yield '—'
            yield ' | '
            if l_1_one.blocked_by:
                pass
                yield 'held up by '
                yield t_4(environment.getitem(l_1_one.blocked_by, 0), 120)
                if (t_6(l_1_one.blocked_by) > 1):
                    pass
                    yield ' and '
                    yield environment.finalize((t_6(l_1_one.blocked_by) - 1))
                    yield ' more'
                for l_2_id in l_1_one.deferred_by[:4]:
                    _loop_vars = {}
                    pass
                    yield ', put off by decision '
                    yield t_4(l_2_id, 60)
                l_2_id = missing
            else:
                pass
                yield 'free'
            yield ' |\n'
        l_1_loop = l_1_one = missing
        yield '\n'
    if (undefined(name='cost') if l_0_cost is missing else l_0_cost):
        pass
        yield '## Cost a month\n\n'
        template = environment.get_template('_cost.md.j2', 'readiness_report.md.j2')
        gen = template.root_render_func(template.new_context(context.get_all(), True, {'m': l_0_m}))
        try:
            for event in gen:
                yield event
        finally: gen.close()
        yield '\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).checklist:
        pass
        yield '## Checklist\n\n'
        def t_12(fiter):
            for l_1_group in fiter:
                if l_1_group.lines:
                    yield l_1_group
        for l_1_group in t_12((undefined(name='groups') if l_0_groups is missing else l_0_groups)):
            _loop_vars = {}
            pass
            yield '### '
            yield t_5(l_1_group.category, 60)
            yield ': '
            yield t_5(l_1_group.summary)
            yield '\n\n| result | what should hold | seen |\n| --- | --- | --- |\n'
            for l_2_line in l_1_group.lines:
                _loop_vars = {}
                pass
                yield '| '
                yield t_2(l_2_line.result.value)
                yield ' | '
                yield t_2(l_2_line.item, 200)
                if l_2_line.reason:
                    pass
                    yield '<br>'
                    yield t_2(l_2_line.reason, 240)
                yield ' | '
                t_13 = 1
                for l_3_fact in l_2_line.evidence[:1]:
                    l_3_at_cell = resolve('at_cell')
                    _loop_vars = {}
                    pass
                    yield environment.finalize((undefined(name='at_cell') if l_3_at_cell is missing else l_3_at_cell)(l_3_fact.place, ))
                    t_13 = 0
                l_3_fact = l_3_at_cell = missing
                if t_13:
                    pass
                    yield '—'
                for l_3_fact in l_2_line.evidence[1:3]:
                    l_3_at_cell = resolve('at_cell')
                    _loop_vars = {}
                    pass
                    yield '<br>'
                    yield environment.finalize((undefined(name='at_cell') if l_3_at_cell is missing else l_3_at_cell)(l_3_fact.place, ))
                l_3_fact = l_3_at_cell = missing
                yield ' |\n'
            l_2_line = missing
            yield '\n'
        l_1_group = missing
    if (undefined(name='a') if l_0_a is missing else l_0_a).history:
        pass
        yield '## History\n\n| assessed | commit | verdict | score | critical | high | medium | low | verified |\n| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |\n'
        for l_1_one in (undefined(name='moments') if l_0_moments is missing else l_0_moments):
            _loop_vars = {}
            pass
            yield '| '
            yield t_2(l_1_one.at, 40)
            yield ' | '
            if l_1_one.commit:
                pass
                yield t_4(l_1_one.commit)
            else:
                pass
                yield '—'
            yield ' | '
            yield t_2(l_1_one.status, 40)
            yield ' | '
            yield environment.finalize(l_1_one.score)
            yield ' | '
            for l_2_number in l_1_one.counts:
                _loop_vars = {}
                pass
                yield environment.finalize(l_2_number)
                yield ' | '
            l_2_number = missing
            yield t_2(l_1_one.verified)
            yield ' |\n'
        l_1_one = missing
        yield '\n'
        if (undefined(name='change') if l_0_change is missing else l_0_change).new:
            pass
            yield 'New since the last one:\n\n'
            for l_1_one in (undefined(name='change') if l_0_change is missing else l_0_change).new[:30]:
                _loop_vars = {}
                pass
                yield '- '
                yield t_5(l_1_one.title, 200)
                yield ' '
                yield t_3(l_1_one.id, 200)
                yield '\n'
            l_1_one = missing
            if (t_6((undefined(name='change') if l_0_change is missing else l_0_change).new) > 30):
                pass
                yield '- and '
                yield environment.finalize((t_6((undefined(name='change') if l_0_change is missing else l_0_change).new) - 30))
                yield ' more\n'
            yield '\n'
        if (undefined(name='change') if l_0_change is missing else l_0_change).gone:
            pass
            yield 'No longer open since the last one:\n\n'
            for (l_1_id, l_1_title) in (undefined(name='change') if l_0_change is missing else l_0_change).gone[:30]:
                _loop_vars = {}
                pass
                yield '- '
                yield t_5(l_1_title, 200)
                yield ' '
                yield t_3(l_1_id, 200)
                yield '\n'
            l_1_id = l_1_title = missing
            if (t_6((undefined(name='change') if l_0_change is missing else l_0_change).gone) > 30):
                pass
                yield '- and '
                yield environment.finalize((t_6((undefined(name='change') if l_0_change is missing else l_0_change).gone) - 30))
                yield ' more\n'
            yield '\n'
    yield '## How this was assessed\n\nFrom the files of the commit above, evaluated for the environment, held against the spec. No cloud account was read or changed. What files cannot tell is listed as unverified and counts neither as held nor as failed.\n'

blocks = {}
debug_info = '1=81&2=84&4=88&6=94&8=96&9=103&10=107&11=110&13=115&14=117&15=120&17=122&18=125&21=128&22=134&23=138&26=141&27=143&30=145&33=148&36=155&39=158&43=165&48=169&49=174&51=198&53=201&56=204&59=207&61=214&63=220&64=224&67=235&72=245&77=248&79=255&81=261&82=265&86=294&90=298&91=302&95=324&98=349&101=352&102=360&104=362&105=365&110=370&113=373&114=377&118=383&123=386&124=390&128=402&133=405&134=409&138=417&143=421&144=425&148=473&153=477&154=481&158=527&163=530&164=534&168=544&171=547&172=550&175=552&176=555&179=557&180=561&182=565&183=568&187=574&190=577&192=580&193=584&198=626&201=629&203=631&204=637&208=641&209=647&216=677&219=680&223=683&224=687&226=713&227=717&231=755&234=758&237=765&240=768&241=776&245=780&246=784&251=814&256=817&257=821&260=844&263=847&264=851&266=856&267=859&271=862&274=865&275=869&277=874&278=877'
