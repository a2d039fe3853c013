namespace Signals.Local.Backtest.Page;

/// <summary>The page's own style sheet: light and dark by the reader's preference, readable on paper and on a phone.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --paper: #ffffff; --panel: #f4f6f9; --line: #d7dde5; --first: #2258b8; --second: #b4530a; --light: #b9cdf0; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #a3afbf; --paper: #12161c; --panel: #1b222c; --line: #36414f; --first: #7ca8f5; --second: #f0a35c; --light: #34507f; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; } h2 { font-size: 1.2rem; margin: 0 0 .4rem; }
        .facts, footer { color: var(--soft); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none; }
        .tiles li { background: var(--panel); border-radius: .5rem; padding: .8rem .9rem; } .tiles b { display: block; font-size: 1.35rem; white-space: nowrap; } .tiles small { color: var(--soft); }
        .note { border-left: 4px solid var(--second); background: var(--panel); padding: .7rem 1rem; border-radius: 0 .4rem .4rem 0; }
        section { margin: 2.5rem 0; } section p { max-width: 40rem; }
        figure { margin: 1rem 0 0; } svg { width: 100%; height: auto; background: var(--panel); border-radius: .5rem; }
        figcaption { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .85rem; color: var(--soft); margin-top: .4rem; }
        .key { display: inline-block; width: 1rem; height: .7rem; margin-right: .4rem; border-radius: 2px; background: var(--first); }
        .key.soft { background: var(--light); } .key.second { background: var(--second); height: 3px; vertical-align: middle; } .key.line { height: 3px; vertical-align: middle; }
        .key.chance { background: none; border-top: 2px dashed var(--soft); height: 0; vertical-align: middle; } .key.dot { width: .7rem; border-radius: 50%; }
        .grid { stroke: var(--line); } .axis { stroke: var(--soft); } .tick, .title { fill: var(--soft); font-size: 12px; }
        polyline { fill: none; } .line { stroke: var(--first); stroke-width: 2.5; } .second { stroke: var(--second); } .chance { stroke: var(--soft); stroke-dasharray: 5 4; stroke-width: 1.5; }
        .bar { fill: var(--first); } .bar.soft { fill: var(--light); } .dot { fill: var(--first); } .whisker { stroke: var(--soft); stroke-width: 2; }
        details { margin-top: .6rem; } summary { cursor: pointer; color: var(--soft); } .wide { overflow-x: auto; }
        @media (min-width: 60rem) { .wide.many { position: relative; left: 50%; transform: translateX(-50%); width: min-content; min-width: 100%; max-width: calc(100vw - 4rem); } .many table { width: 100%; } }
        table { border-collapse: collapse; font-size: .9rem; margin-top: .5rem; } th, td { padding: .3rem .8rem .3rem 0; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
        .many th, .many td { padding-right: .6rem; } .many td, .many thead th { min-width: 3.2rem; } .many table { font-size: .82rem; }
        thead th { white-space: normal; vertical-align: bottom; color: var(--soft); font-weight: 600; } th:first-child { text-align: left; font-weight: 500; }
        @media print { details { display: block; } }
        """;
}
