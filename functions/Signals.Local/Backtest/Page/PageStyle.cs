using Signals.Web.Charts;

namespace Signals.Local.Backtest.Page;

/// <summary>
/// The page's own style sheet, after that of its charts: light and dark by the reader's preference, readable on paper and on a phone.
/// </summary>
internal static class PageStyle
{
    public static string Css { get; } =
        ChartStyle.Css
        + """
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
            main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
            h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .4rem; } h2 { font-size: 1.2rem; margin: 0 0 .4rem; }
            .facts, .quiet, footer { color: var(--quiet); }
            .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }
            .unseen { white-space: nowrap; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.6rem, 1fr)); gap: .75rem; margin: 1.5rem 0; }
            .tiles, .legend { list-style: none; padding: 0; }
            .tiles li { background: var(--soft); border-radius: .5rem; padding: .8rem .9rem; } .tiles small { color: var(--quiet); }
            .tiles b { display: block; font-size: 1.35rem; white-space: nowrap; }
            .note { border-left: 4px solid var(--at-risk); background: var(--soft); padding: .7rem 1rem; border-radius: 0 .4rem .4rem 0; }
            section { margin: 2.5rem 0; } section p { max-width: 40rem; } figure { margin: 1rem 0 0; }
            .drawing { height: 15rem; } .along { margin: 0; } table.bars { width: 100%; margin-top: 1rem; }
            .wide { overflow-x: auto; } .many table { font-size: .82rem; }
            @media (min-width: 60rem) {
              .wide.many { position: relative; left: 50%; transform: translateX(-50%); width: min-content; }
              .wide.many { min-width: 100%; max-width: calc(100vw - 4rem); } .many table { width: 100%; }
            }
            table { border-collapse: collapse; font-size: .9rem; margin-top: .5rem; }
            th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
            .numbers th, .numbers td { white-space: nowrap; text-align: right; }
            .many th, .many td { padding-right: .6rem; } .many td, .many thead th { min-width: 3.2rem; }
            .numbers thead th { white-space: normal; vertical-align: bottom; color: var(--quiet); font-weight: 600; }
            .numbers th:first-child, .bars th { text-align: left; font-weight: 500; }
            .names { overflow-x: auto; margin-top: 1rem; }
            .sortable { width: 100%; font-size: .85rem; } .sortable th, .sortable td { vertical-align: top; text-align: left; }
            .sortable tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 7rem; } .sortable small { color: var(--quiet); }
            .sortable tbody th small, .sortable td > small { display: block; font-weight: 400; overflow-wrap: anywhere; }
            .sortable ul { margin: .2rem 0 0; padding-left: 1rem; color: var(--quiet); } .sortable td { overflow-wrap: anywhere; }
            .sortable pre { white-space: pre-wrap; font: inherit; background: var(--soft); padding: .6rem; border-radius: .4rem; }
            .sortable button { all: unset; cursor: pointer; font-weight: 600; color: var(--quiet); white-space: nowrap; }
            .sortable button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
            .sortable [aria-sort=ascending] button::after { content: " ↑"; }
            .sortable [aria-sort=descending] button::after { content: " ↓"; }
            .level, .sortable td:nth-child(2) { white-space: nowrap; }
            .level.critical { color: var(--critical); font-weight: 600; } .level.at-risk { color: var(--at-risk); font-weight: 600; }
            @media (min-width: 60rem) {
              .names { position: relative; left: 50%; transform: translateX(-50%); width: min(calc(100vw - 4rem), 78rem); }
            }
            @media (max-width: 45rem) {
              .sortable thead { display: none; } .sortable tr { display: block; border-bottom: 1px solid var(--line); padding: .6rem 0; }
              .sortable tbody th, .sortable td { display: block; border: 0; padding: .15rem 0; }
              .sortable td::before { content: attr(data-label) ": "; color: var(--quiet); }
              .numbers th, .numbers td { white-space: normal; padding-right: .5rem; } .numbers { font-size: .78rem; }
            }
            @media print { details { display: block; } }
            """;
}
