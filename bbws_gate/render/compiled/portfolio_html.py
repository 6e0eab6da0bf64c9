"""Made by `make docs` of templates/portfolio.html.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'portfolio.html.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_p = resolve('p')
    l_0_headline = resolve('headline')
    l_0_facts = resolve('facts')
    l_0_loose = resolve('loose')
    l_0_approvals = resolve('approvals')
    l_0_card = missing
    try:
        t_1 = environment.filters['html']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'html' found.")
    try:
        t_2 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_3 = environment.filters['string']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'string' found.")
    try:
        t_4 = environment.filters['text']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'text' found.")
    pass
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">\n<meta name="color-scheme" content="light dark">\n<title>'
    yield t_4((undefined(name='p') if l_0_p is missing else l_0_p).name)
    yield '</title>\n<style>\n:root { --ground: #ffffff; --panel: #f6f8fa; --line: #d0d7de; --ink: #1f2328; --soft: #59636e; --good: #1a7f37; --waits: #9a6700; --bad: #cf222e; }\n@media (prefers-color-scheme: dark) {\n  :root { --ground: #0d1117; --panel: #161b22; --line: #30363d; --ink: #e6edf3; --soft: #9198a1; --good: #3fb950; --waits: #d29922; --bad: #f85149; }\n}\n* { box-sizing: border-box; }\nbody { margin: 0 auto; max-width: 1200px; padding: 24px 16px 48px; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }\nh1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }\nh2 { font-size: 18px; margin: 32px 0 12px; }\n.lead { color: var(--soft); margin: 0 0 20px; }\ndl { display: grid; grid-template-columns: minmax(140px, max-content) 1fr; gap: 6px 20px; margin: 0; }\ndt { color: var(--soft); }\ndd { margin: 0; overflow-wrap: anywhere; }\n.alert { border-left: 4px solid var(--bad); background: var(--panel); padding: 8px 12px; margin: 12px 0; overflow-wrap: anywhere; }\n.note { border-left-color: var(--waits); }\n.wave { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 12px; }\n.card { border: 1px solid var(--line); border-top: 4px solid var(--soft); border-radius: 6px; padding: 12px; background: var(--panel); break-inside: avoid; min-width: 0; }\n.good { border-top-color: var(--good); } .waits { border-top-color: var(--waits); } .bad { border-top-color: var(--bad); }\n.card h3 { font-size: 15px; margin: 0; overflow-wrap: anywhere; }\n.state { font-weight: 600; }\n.good .state { color: var(--good); } .waits .state { color: var(--waits); } .bad .state { color: var(--bad); }\n.card p { margin: 4px 0; color: var(--soft); overflow-wrap: anywhere; }\n.card p.state, .card p strong { color: inherit; }\n.good p.state { color: var(--good); } .waits p.state { color: var(--waits); } .bad p.state { color: var(--bad); }\ncode { font: 13px/1.5 ui-monospace, SFMono-Regular, Consolas, monospace; }\n.card ul { margin: 8px 0 0; padding-left: 18px; overflow-wrap: anywhere; }\n.table { overflow-x: auto; }\ntable { border-collapse: collapse; width: 100%; }\nth, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); min-width: 130px; overflow-wrap: break-word; }\nth { color: var(--soft); font-weight: 600; }\ntd ul { margin: 0; padding-left: 18px; }\n@media (max-width: 560px) {\n  thead { display: none; }\n  tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); }\n  td { display: block; padding: 0; border: 0; overflow-wrap: anywhere; }\n  td::before { content: attr(data-label) ": "; color: var(--soft); }\n}\n@media (max-width: 560px) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 10px; } }\n@media print { :root { --ground: #fff; --panel: #fff; --ink: #000; --soft: #444; } body { max-width: none; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }\n</style>\n</head>\n<body>\n'
    def macro(l_1_row):
        t_5 = []
        l_1_kind = resolve('kind')
        l_1_date_of = resolve('date_of')
        l_1_planned = resolve('planned')
        l_1_cost_of = resolve('cost_of')
        l_1_keys = resolve('keys')
        l_1_reasons = resolve('reasons')
        if l_1_row is missing:
            l_1_row = undefined("parameter 'row' was not provided", name='row')
        pass
        t_5.extend((
            '<article class="card ',
            environment.finalize((undefined(name='kind') if l_1_kind is missing else l_1_kind)(l_1_row, )),
            '">\n<h3>',
            t_4(l_1_row.entry.project),
            '</h3>\n<p class="state">',
            t_4(l_1_row.state),
        ))
        if (t_2((undefined(name='p') if l_0_p is missing else l_0_p).environments) > 1):
            pass
            t_5.extend((
                ' · ',
                t_4(l_1_row.entry.environment),
            ))
        t_5.append(
            '</p>\n<p>',
        )
        if (l_1_row.state != 'error'):
            pass
            t_5.extend((
                'Score ',
                environment.finalize(l_1_row.entry.score),
            ))
        else:
            pass
            t_5.append(
                'No score',
            )
        if l_1_row.when:
            pass
            t_5.extend((
                ' · ',
                t_4((undefined(name='date_of') if l_1_date_of is missing else l_1_date_of)(l_1_row, )),
            ))
        else:
            pass
            t_5.append(
                ' · no date',
            )
        if ((undefined(name='planned') if l_1_planned is missing else l_1_planned)(l_1_row, ) and ((undefined(name='planned') if l_1_planned is missing else l_1_planned)(l_1_row, ) != (undefined(name='date_of') if l_1_date_of is missing else l_1_date_of)(l_1_row, ))):
            pass
            t_5.append(
                ' (',
            )
            if l_1_row.late:
                pass
                t_5.append(
                    'late, ',
                )
            t_5.extend((
                'planned ',
                t_4((undefined(name='planned') if l_1_planned is missing else l_1_planned)(l_1_row, )),
                ')',
            ))
        t_5.extend((
            '</p>\n<p>',
            t_4((undefined(name='cost_of') if l_1_cost_of is missing else l_1_cost_of)(l_1_row, )),
        ))
        if l_1_row.entry.cost:
            pass
            t_5.append(
                ' a month',
            )
        else:
            pass
            t_5.append(
                ' cost',
            )
        t_5.append(
            '</p>\n',
        )
        if l_1_row.entry.commit:
            pass
            t_5.extend((
                '<p>Commit ',
                t_4(l_1_row.entry.commit[:7]),
                '</p>\n',
            ))
        if l_1_row.frees:
            pass
            t_5.append(
                '<p>',
            )
            if l_1_row.can_go:
                pass
                t_5.append(
                    'frees',
                )
            else:
                pass
                t_5.append(
                    'holds up',
                )
            t_5.extend((
                ' ',
                t_4((undefined(name='keys') if l_1_keys is missing else l_1_keys)(l_1_row.frees, )),
                '</p>\n',
            ))
        if (undefined(name='reasons') if l_1_reasons is missing else l_1_reasons)(l_1_row, ):
            pass
            t_5.append(
                '<ul>\n',
            )
            for l_2_text in (undefined(name='reasons') if l_1_reasons is missing else l_1_reasons)(l_1_row, ):
                _loop_vars = {}
                pass
                t_5.extend((
                    '<li>',
                    t_1(l_2_text),
                    '</li>\n',
                ))
            l_2_text = missing
            t_5.append(
                '</ul>\n',
            )
        t_5.append(
            '</article>\n',
        )
        return concat(t_5)
    context.exported_vars.add('card')
    context.vars['card'] = l_0_card = Macro(environment, macro, 'card', ('row',), False, False, False, context.eval_ctx.autoescape)
    yield '<header>\n<h1>'
    yield t_4((undefined(name='p') if l_0_p is missing else l_0_p).name)
    yield '</h1>\n<p class="lead">'
    yield t_4((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '</p>\n</header>\n<main>\n'
    for l_1_cycle in (undefined(name='p') if l_0_p is missing else l_0_p).cycles:
        l_1_cycle_text = resolve('cycle_text')
        _loop_vars = {}
        pass
        yield '<p class="alert">Cycle, so that nothing in it has a wave: '
        yield t_4((undefined(name='cycle_text') if l_1_cycle_text is missing else l_1_cycle_text)(l_1_cycle, ))
        yield '</p>\n'
    l_1_cycle = l_1_cycle_text = missing
    for l_1_note in (undefined(name='p') if l_0_p is missing else l_0_p).notes:
        _loop_vars = {}
        pass
        yield '<p class="alert note">'
        yield t_4(l_1_note)
        yield '</p>\n'
    l_1_note = missing
    yield '<dl>\n'
    for (l_1_title, l_1_text) in (undefined(name='facts') if l_0_facts is missing else l_0_facts):
        _loop_vars = {}
        pass
        yield '<dt>'
        yield t_4(l_1_title)
        yield '</dt><dd>'
        yield t_4(l_1_text)
        yield '</dd>\n'
    l_1_title = l_1_text = missing
    yield '</dl>\n'
    for (l_1_wave, l_1_rows) in (undefined(name='p') if l_0_p is missing else l_0_p).waves:
        _loop_vars = {}
        pass
        yield '<section>\n<h2>Wave '
        yield environment.finalize(l_1_wave)
        yield '</h2>\n<div class="wave">\n'
        for l_2_row in l_1_rows:
            _loop_vars = {}
            pass
            yield environment.finalize((undefined(name='card') if l_0_card is missing else l_0_card)(l_2_row, ))
            yield '\n'
        l_2_row = missing
        yield '</div>\n</section>\n'
    l_1_wave = l_1_rows = missing
    if (undefined(name='loose') if l_0_loose is missing else l_0_loose):
        pass
        yield '<section>\n<h2>Without a wave</h2>\n<div class="wave">\n'
        for l_1_row in (undefined(name='loose') if l_0_loose is missing else l_0_loose):
            _loop_vars = {}
            pass
            yield environment.finalize((undefined(name='card') if l_0_card is missing else l_0_card)(l_1_row, ))
            yield '\n'
        l_1_row = missing
        yield '</div>\n</section>\n'
    if (undefined(name='p') if l_0_p is missing else l_0_p).edges:
        pass
        yield '<section>\n<h2>Who needs what</h2>\n<div class="table"><table>\n<thead><tr><th>needed</th><th>by</th><th>for</th></tr></thead>\n<tbody>\n'
        l_1_loop = missing
        for l_1_edge, l_1_loop in LoopContext((undefined(name='p') if l_0_p is missing else l_0_p).edges, undefined):
            _loop_vars = {}
            pass
            yield '<tr><td data-label="needed">'
            yield t_4(t_3(l_1_edge.source))
            yield '</td><td data-label="by">'
            yield t_4(t_3(l_1_edge.target))
            yield '</td><td data-label="for">'
            l_2_loop = missing
            t_6 = 1
            for l_2_part, l_2_loop in LoopContext(l_1_edge.requires, undefined):
                _loop_vars = {}
                pass
                yield t_4(l_2_part)
                if (not l_2_loop.last):
                    pass
                    yield ', '
                t_6 = 0
            l_2_loop = l_2_part = missing
            if t_6:
                pass
                yield 'anything'
            if l_1_edge.blocked_by:
                pass
                yield ' (blocked: '
                l_2_loop = missing
                for l_2_part, l_2_loop in LoopContext(l_1_edge.blocked_by[:4], undefined):
                    _loop_vars = {}
                    pass
                    yield t_4(l_2_part)
                    if (not l_2_loop.last):
                        pass
                        yield ', '
                l_2_loop = l_2_part = missing
                if (t_2(l_1_edge.blocked_by) > 4):
                    pass
                    yield ' and '
                    yield environment.finalize((t_2(l_1_edge.blocked_by) - 4))
                    yield ' more'
                yield ')'
            yield '</td></tr>\n'
        l_1_loop = l_1_edge = missing
        yield '</tbody>\n</table></div>\n</section>\n'
    if (undefined(name='approvals') if l_0_approvals is missing else l_0_approvals):
        pass
        yield '<section>\n<h2>Who approves what</h2>\n<div class="table"><table>\n<thead><tr><th>role</th><th>missing</th><th>given</th></tr></thead>\n<tbody>\n'
        for l_1_one in (undefined(name='approvals') if l_0_approvals is missing else l_0_approvals):
            _loop_vars = {}
            pass
            yield '<tr><td data-label="role">'
            yield t_4(l_1_one.role)
            yield '</td><td data-label="missing">'
            if l_1_one.missing:
                pass
                yield '<ul>'
                for l_2_text in l_1_one.missing:
                    _loop_vars = {}
                    pass
                    yield '<li>'
                    yield t_4(l_2_text)
                    yield '</li>'
                l_2_text = missing
                yield '</ul>'
            else:
                pass
                yield 'nothing'
            yield '</td><td data-label="given">'
            yield environment.finalize(l_1_one.given)
            yield '</td></tr>\n'
        l_1_one = missing
        yield '</tbody>\n</table></div>\n</section>\n'
    yield '</main>\n</body>\n</html>\n'

blocks = {}
debug_info = '8=42&51=44&52=57&53=59&54=61&55=72&56=111&57=126&58=130&60=133&61=138&63=153&65=158&66=163&73=177&74=179&77=181&78=186&80=189&81=193&84=197&85=201&88=207&90=211&92=213&93=216&98=221&102=224&103=227&108=231&114=235&115=239&121=278&127=281&128=285'
