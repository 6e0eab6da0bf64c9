"""Made by `make docs` of templates/page.html.j2: change that, not this."""

from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'page.html.j2'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_headline = resolve('headline')
    l_0_a = resolve('a')
    l_0_kind = resolve('kind')
    l_0_symbol = resolve('symbol')
    l_0_verdict = resolve('verdict')
    l_0_since_line = resolve('since_line')
    l_0_blockers = resolve('blockers')
    l_0_schedule = resolve('schedule')
    l_0_effort = resolve('effort')
    l_0_required = resolve('required')
    l_0_given = resolve('given')
    l_0_parts = resolve('parts')
    l_0_trend = resolve('trend')
    try:
        t_1 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_2 = environment.filters['string']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'string' found.")
    try:
        t_3 = environment.filters['text']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'text' found.")
    pass
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; base-uri \'none\'; form-action \'none\'">\n<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n<title>'
    yield t_3((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield ': '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).project)
    yield ' to '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).environment)
    yield '</title>\n<style>\n:root { --ground: #fff; --panel: #f6f8fa; --line: #d0d7de; --ink: #1f2328; --soft: #59636e; --link: #0969da; --good: #1a7f37; --waits: #9a6700; --bad: #cf222e; }\n@media (prefers-color-scheme: dark) {\n  :root { --ground: #0d1117; --panel: #161b22; --line: #30363d; --ink: #e6edf3; --soft: #9198a1; --link: #4493f8; --good: #3fb950; --waits: #d29922; --bad: #f85149; }\n}\n* { box-sizing: border-box; }\nhtml { scroll-behavior: smooth; }\nbody { margin: 0 auto; max-width: 1080px; padding: 0 16px 64px; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: break-word; }\na { color: var(--link); }\nh1 { font-size: 24px; line-height: 1.3; margin: 0 0 8px; }\nh2 { font-size: 22px; margin: 56px 0 16px; padding-bottom: 8px; border-bottom: 2px solid var(--line); }\nh3 { font-size: 18px; margin: 36px 0 12px; }\nh4 { font-size: 16px; margin: 28px 0 8px; }\nh2, h3, h4 { scroll-margin-top: 56px; }\ncode { font: 0.88em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--panel); padding: 1px 4px; border-radius: 4px; overflow-wrap: anywhere; }\npre { background: var(--panel); padding: 12px; overflow-x: auto; border-radius: 6px; }\npre code { padding: 0; }\nblockquote { margin: 12px 0; padding: 4px 14px; border-left: 4px solid var(--waits); background: var(--panel); }\n.status { margin-top: 24px; border: 1px solid var(--line); border-left: 8px solid var(--soft); border-radius: 8px; padding: 18px 20px; background: var(--panel); }\n.status.good { border-left-color: var(--good); } .status.waits { border-left-color: var(--waits); } .status.bad { border-left-color: var(--bad); }\n.status p { margin: 4px 0; }\n.good strong.word { color: var(--good); } .waits strong.word { color: var(--waits); } .bad strong.word { color: var(--bad); }\n.facts { display: flex; flex-wrap: wrap; gap: 12px 36px; margin: 16px 0 0; }\n.facts div { min-width: 90px; }\n.facts dt { color: var(--soft); font-size: 13px; }\n.facts dd { margin: 0; font-size: 20px; font-weight: 600; }\nnav { position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line); padding: 10px 0; margin-top: 16px; display: flex; flex-wrap: wrap; gap: 4px 20px; }\nnav a { text-decoration: none; font-weight: 600; }\n.contents { columns: 3 200px; padding-left: 18px; font-size: 14px; }\n.table { overflow-x: auto; margin: 12px 0; }\ntable { border-collapse: collapse; min-width: 100%; font-size: 14px; }\nth, td { text-align: left; vertical-align: top; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); }\ntd { min-width: 44px; }\ntd code { overflow-wrap: break-word; }\nth { color: var(--soft); font-weight: 600; }\nth:empty { padding: 0; }\ntd[style*="right"], th[style*="right"] { text-align: right; white-space: nowrap; }\nli { margin: 4px 0; }\nli.task { list-style: none; margin-left: -20px; }\n.drawing { display: block; width: 100%; max-width: 640px; margin: 12px 0; font-size: 12px; }\n.drawing text { fill: var(--ink); } .drawing .soft { fill: var(--soft); }\n.drawing polyline { fill: none; stroke: var(--link); stroke-width: 2; }\n.drawing circle { fill: var(--soft); } .drawing circle.good { fill: var(--good); } .drawing circle.waits { fill: var(--waits); } .drawing circle.bad { fill: var(--bad); }\n.drawing rect { fill: var(--panel); stroke: var(--soft); stroke-width: 2; } .drawing rect.good { stroke: var(--good); } .drawing rect.waits { stroke: var(--waits); stroke-dasharray: 5 3; } .drawing rect.bad { stroke: var(--bad); stroke-width: 3; }\n.drawing line { stroke: var(--soft); stroke-width: 1.5; } .drawing line.waits { stroke: var(--waits); stroke-dasharray: 5 3; } .drawing line.axis { stroke: var(--line); }\n.bars { margin: 12px 0 8px; }\n.legend { color: var(--soft); font-size: 13px; margin: 0 0 20px; }\n.bar { display: grid; grid-template-columns: minmax(150px, 38%) 1fr; gap: 12px; align-items: center; padding: 4px 0; border-bottom: 1px solid var(--line); font-size: 13px; line-height: 1.3; }\n.bar small { display: block; color: var(--soft); font-size: 12px; }\n.track { position: relative; height: 16px; }\n.track > span { position: absolute; top: 2px; height: 12px; border-radius: 3px; background: var(--link); }\n.track > span.critical { background: var(--bad); }\n.ticks > span { background: none; color: var(--soft); font-size: 12px; white-space: nowrap; top: 0; }\nfooter { margin-top: 56px; color: var(--soft); font-size: 13px; border-top: 1px solid var(--line); padding-top: 12px; }\n@media (max-width: 560px) { body { padding: 0 12px 48px; font-size: 14px; } .bar { grid-template-columns: 1fr; gap: 2px; } table { font-size: 13px; } .facts { gap: 10px 24px; } .facts dd { font-size: 17px; } }\n@media print {\n  :root { --ground: #fff; --panel: #fff; --line: #bbb; --ink: #000; --soft: #444; --link: #000; --good: #1a7f37; --waits: #9a6700; --bad: #cf222e; }\n  body { max-width: none; padding: 0; font-size: 10pt; } nav, .contents { display: none; } section.document { break-before: page; } section.document:first-of-type { break-before: auto; }\n  h2, h3, h4 { break-after: avoid; } tr, li { break-inside: avoid; } .table { overflow: visible; } .track > span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n}\n</style>\n</head>\n<body>\n<header class="status '
    yield environment.finalize((undefined(name='kind') if l_0_kind is missing else l_0_kind))
    yield '">\n<h1>'
    yield environment.finalize((undefined(name='symbol') if l_0_symbol is missing else l_0_symbol))
    yield ' <strong class="word">'
    yield t_3((undefined(name='headline') if l_0_headline is missing else l_0_headline))
    yield '</strong>'
    if (undefined(name='a') if l_0_a is missing else l_0_a).project:
        pass
        yield ': '
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).project)
        yield ' to '
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).environment)
    yield '</h1>\n<p>'
    yield t_3((undefined(name='verdict') if l_0_verdict is missing else l_0_verdict))
    yield '</p>\n'
    if (undefined(name='since_line') if l_0_since_line is missing else l_0_since_line):
        pass
        yield '<p>'
        yield t_3((undefined(name='since_line') if l_0_since_line is missing else l_0_since_line))
        yield '.</p>\n'
    yield '<dl class="facts">\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).checklist:
        pass
        yield '<div><dt>Score</dt><dd>'
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.value)
        yield ' of 100</dd></div>\n<div><dt>Verified</dt><dd>'
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.verified)
        yield ' of '
        yield environment.finalize((undefined(name='a') if l_0_a is missing else l_0_a).score.total)
        yield '</dd></div>\n'
    yield '<div><dt>Blocking</dt><dd>'
    yield environment.finalize(t_1((undefined(name='blockers') if l_0_blockers is missing else l_0_blockers)))
    yield '</dd></div>\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).target_date:
        pass
        yield '<div><dt>Planned</dt><dd>'
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).target_date)
        yield '</dd></div>\n'
    if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule):
        pass
        yield '<div><dt>'
        if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).late:
            pass
            yield 'Revised'
        else:
            pass
            yield 'Possible from'
        yield '</dt><dd>'
        if (undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).late:
            pass
            yield t_3(t_2((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).revised_date))
        else:
            pass
            yield t_3(t_2((undefined(name='schedule') if l_0_schedule is missing else l_0_schedule).earliest_date))
        yield '</dd></div>\n'
    if (undefined(name='a') if l_0_a is missing else l_0_a).action_items:
        pass
        yield '<div><dt>Work</dt><dd>'
        yield t_3((undefined(name='effort') if l_0_effort is missing else l_0_effort))
        yield '</dd></div>\n'
    if (undefined(name='required') if l_0_required is missing else l_0_required):
        pass
        yield '<div><dt>Approvals</dt><dd>'
        yield environment.finalize((undefined(name='given') if l_0_given is missing else l_0_given))
        yield ' of '
        yield environment.finalize((undefined(name='required') if l_0_required is missing else l_0_required))
        yield '</dd></div>\n'
    yield '</dl>\n</header>\n<nav aria-label="Documents">\n'
    for l_1_part in (undefined(name='parts') if l_0_parts is missing else l_0_parts):
        _loop_vars = {}
        pass
        yield '<a href="#'
        yield t_3(l_1_part.id)
        yield '">'
        yield t_3(l_1_part.title)
        yield '</a>\n'
    l_1_part = missing
    if (undefined(name='trend') if l_0_trend is missing else l_0_trend):
        pass
        yield '<a href="#trend">Trend</a>\n'
    yield '</nav>\n<main>\n'
    if (undefined(name='trend') if l_0_trend is missing else l_0_trend):
        pass
        yield '<section id="trend" aria-labelledby="trend-title">\n<h2 id="trend-title">Readiness over time</h2>\n'
        yield environment.finalize((undefined(name='trend') if l_0_trend is missing else l_0_trend))
        yield '\n</section>\n'
    for l_1_part in (undefined(name='parts') if l_0_parts is missing else l_0_parts):
        _loop_vars = {}
        pass
        yield '<section class="document" id="'
        yield t_3(l_1_part.id)
        yield '" aria-labelledby="'
        yield t_3(l_1_part.id)
        yield '-title">\n<h2 id="'
        yield t_3(l_1_part.id)
        yield '-title">'
        yield t_3(l_1_part.title)
        yield '</h2>\n'
        if (t_1(l_1_part.sections) > 5):
            pass
            yield '<ul class="contents">\n'
            for (l_2_anchor, l_2_title) in l_1_part.sections:
                _loop_vars = {}
                pass
                yield '<li><a href="#'
                yield t_3(l_2_anchor)
                yield '">'
                yield t_3(l_2_title)
                yield '</a></li>\n'
            l_2_anchor = l_2_title = missing
            yield '</ul>\n'
        yield environment.finalize(l_1_part.body)
        yield '\n</section>\n'
    l_1_part = missing
    yield '</main>\n<footer>\n<p>bbws-gate '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).version)
    yield ', '
    yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).assessed_at)
    if (undefined(name='a') if l_0_a is missing else l_0_a).commit:
        pass
        yield ', commit '
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).commit)
    if (undefined(name='a') if l_0_a is missing else l_0_a).spec_path:
        pass
        yield ', spec '
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).spec_path)
        yield ' ('
        yield t_3((undefined(name='a') if l_0_a is missing else l_0_a).spec_digest[:12])
        yield ')'
    yield '</p>\n</footer>\n</body>\n</html>\n'

blocks = {}
debug_info = '9=43&73=49&74=51&75=62&76=64&77=67&80=70&81=73&82=75&84=80&85=82&86=85&88=87&89=90&91=104&92=107&94=109&95=112&100=117&101=121&103=126&108=130&111=133&114=135&115=139&116=143&117=147&119=150&120=154&124=160&129=164'
