using Signals.Backtesting;

namespace Signals.Local.Backtest;

/// <summary>
/// Reads <c>user,cause</c> lines: what is known of each user's trouble. A first line of column names is passed over, further columns are
/// not looked at, values may stand in double quotes.
/// </summary>
public static class LabelFile
{
    private static readonly HashSet<string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        "user",
        "userid",
        "user_id",
        "id",
        "account",
        "accountid",
        "account_id",
        "group",
        "groupid",
        "group_id",
        "person",
    };

    /// <summary>Throws <see cref="BadInputException"/> when the file cannot be read or a line has no cause.</summary>
    public static async Task<LabelledCauses> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(path, cancellationToken);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: found no file, expected labels, one \"user,cause\" a line.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"{path}: found what cannot be read ({fault.Message.TrimEnd('.')}), expected labels.", fault);
        }
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = [.. lines[i].Split(',').Select(cell => cell.Trim().Trim('"'))];
            if (lines[i].Length == 0 || (i == 0 && Headings.Contains(cells[0].TrimStart('\uFEFF'))))
                continue;
            if (cells.Length < 2 || cells[0].Length == 0 || cells[1].Length == 0)
                throw new BadInputException(
                    $"{path}: line {i + 1}: found \"{lines[i]}\", expected a user and a cause with a comma between them."
                );
            if (labels.TryGetValue(cells[0], out string? earlier) && earlier != cells[1])
                throw new BadInputException(
                    $"{path}: line {i + 1}: found {cells[0]} as {cells[1]}, expected {earlier} as before; several causes of one user are "
                        + "joined by \"+\"."
                );
            labels[cells[0]] = cells[1];
        }
        if (labels.Count == 0)
            throw new BadInputException($"{path}: found no label, expected one \"user,cause\" a line.");
        return new LabelledCauses(labels);
    }
}
