using System.Security.Cryptography;
using System.Text;

namespace Signals.Local.Backtest.Page;

/// <summary>
/// Sorts a table by the column whose name is clicked. The page's policy lets this one script run, by its hash, and no other.
/// </summary>
internal static class SortScript
{
    public const string Text = """

        document.querySelectorAll('table.sortable').forEach(function (table) {
          var heads = Array.from(table.tHead.rows[0].cells)
          function keyOf(row, column) {
            var cell = row.cells[column]
            var key = cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort
            return key === '' || isNaN(key) ? key : Number(key)
          }
          heads.forEach(function (head, column) {
            head.querySelector('button').addEventListener('click', function () {
              var down = head.getAttribute('aria-sort') === 'ascending'
              heads.forEach(function (other) { other.setAttribute('aria-sort', 'none') })
              head.setAttribute('aria-sort', down ? 'descending' : 'ascending')
              var rows = Array.from(table.tBodies[0].rows)
              rows.sort(function (a, b) {
                var left = keyOf(a, column), right = keyOf(b, column)
                var isText = typeof left !== 'number' || typeof right !== 'number'
                var order = isText ? String(left).localeCompare(String(right)) : left - right
                return down ? -order : order
              })
              rows.forEach(function (row) { table.tBodies[0].appendChild(row) })
            })
          })
        })

        """;

    /// <summary>How a Content-Security-Policy names it.</summary>
    public static string Source { get; } =
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))))}'";
}
