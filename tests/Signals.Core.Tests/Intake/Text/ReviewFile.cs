using Signals.Testing;

namespace Signals.Core.Tests.Intake.Text;

/// <summary>A real review of an app: its stars, and whether people who read it called it a problem report.</summary>
internal sealed record AppReview(string Language, int Stars, bool Problem, string Text);

/// <summary>4,000 reviews that are not part of the repository: <c>lang,stars,problem_report,feature_request,irrelevant,text</c>.</summary>
internal static class ReviewFile
{
    public static IReadOnlyList<AppReview> Read()
    {
        var folder = Environment.GetEnvironmentVariable("SIGNALS_SHARED_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        var path = Path.Combine(folder, "reviews-garmin.csv");
        Assert.SkipUnless(
            File.Exists(path),
            $"reviews-garmin.csv is not in {Path.GetFullPath(folder)}; set SIGNALS_SHARED_DATA to the folder that holds it."
        );
        return [.. Rows(File.ReadAllText(path)).Skip(1).Select(r => new AppReview(r[0], int.Parse(r[1]), r[2] == "1", r[5]))];
    }

    /// <summary>RFC 4180: fields in quotes may hold commas, line ends and doubled quotes.</summary>
    private static IEnumerable<List<string>> Rows(string csv)
    {
        var (row, field, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                field.Append(csv[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is ',' or '\n')
            {
                row.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == ',')
                    continue;
                yield return row;
                row = [];
            }
            else
                field.Append(c);
        }

        if (row.Count > 0)
            yield return [.. row, field.ToString()];
    }
}
