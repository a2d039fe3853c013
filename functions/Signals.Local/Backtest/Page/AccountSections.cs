using Signals.Web.Markup;

namespace Signals.Local.Backtest.Page;

/// <summary>Who was flagged: every account with its first flag, why, what would have been written, and what became of it.</summary>
internal static class AccountSections
{
    /// <summary>A page with more would be slow to open; JSON and CSV hold all.</summary>
    private const int MostRows = 2_000;

    private const int MostScore = 100;

    /// <summary>Sorts behind whoever left.</summary>
    private const double Never = 1_000_000;

    private static readonly (string Name, string Kind)[] Columns =
    [
        ("account", "text"),
        ("first flag", "text"),
        ("level", "number"),
        ("why", "text"),
        ("what would have been written", "text"),
        ("what became of it", "number"),
    ];

    public static Html Of(BacktestReport report)
    {
        const string Heading = "Who was flagged?";
        var flagged = report.Result.Flagged;
        if (flagged.Count == 0)
            return PageSection.Of("accounts", Heading, "No account came to the alert level.");
        int left = flagged.Count(account => account.LeftAt is not null),
            right = flagged.Count(account => account.IsRight == true);
        string cut = flagged.Count > MostRows ? $" The {Words.Count(MostRows)} first are shown; --csv and --json hold all." : "";
        return PageSection.Of(
            "accounts",
            Heading,
            $"{Words.Count(flagged.Count)} accounts came to the alert level at some cut. {Words.Count(right)} of them left within "
                + $"{report.Result.Settings.HorizonDays} days of their first flag, {Words.Count(left)} at any time after it.{cut} "
                + "A click on a column's name sorts by it.",
            Table(flagged.Take(MostRows).Select(account => FlaggedTexts.Of(account, report.Renderer)))
        );
    }

    private static Html Table(IEnumerable<FlaggedTexts> accounts) =>
        $"""
            <div class="names" role="region" aria-label="Who was flagged?" tabindex="0"><table class="sortable">
            <thead><tr>{Columns.Select(column => Html.Of(
                $"""<th scope="col" aria-sort="none"><button type="button">{column.Name}</button></th>"""))}</tr></thead>
            <tbody>{accounts.Select(Row)}</tbody></table></div>
            """;

    private static Html Row(FlaggedTexts texts)
    {
        var account = texts.Account;
        Html id = account.Name == account.Id ? Html.Empty : Html.Of($" <small><bdi>{account.Id}</bdi></small>");
        string pays =
            account.Plan is null && account.Price <= 0 ? ""
            : account.Price <= 0 ? account.Plan!
            : $"{account.Plan} {account.Price:#,##0.##} a month".TrimStart();
        Html plan = pays.Length == 0 ? Html.Empty : Html.Of($" <small>{pays}</small>");
        return $"""
            <tr><th scope="row" data-label="{Columns[0].Name}" data-sort="{account.Name}"><bdi>{account.Name}</bdi>{id}{plan}</th>
            <td data-label="{Columns[1].Name}">{Day(account.At)}</td>
            <td data-label="{Columns[2].Name}" data-sort="{(int)account.Level * (MostScore + 1) + account.Score}"><span
                class="level {texts.Level}">{texts.Level}</span> {account.Score}</td>
            <td data-label="{Columns[3].Name}" data-sort="{texts.Cause}">{Why(texts)}</td>
            <td data-label="{Columns[4].Name}" data-sort="{texts.Message?.Subject ?? ""}">{Message(texts)}</td>
            <td data-label="{Columns[5].Name}" data-sort="{Words.Number(account.DaysBefore ?? Never, "0.0")}">{texts.Outcome}</td></tr>
            """;
    }

    private static string Day(DateTimeOffset moment) => $"{moment:yyyy-MM-dd}";

    private static Html Why(FlaggedTexts texts) =>
        texts.Cause.Length == 0
            ? Html.Of($"""<small>no single cause; what raised the score</small>{Lines(texts.RaisedBy)}""")
            : Html.Of($"""{texts.Cause}{Lines(texts.Evidence)}""");

    private static Html Lines(IReadOnlyList<string> lines) => $"<ul>{lines.Select(line => Html.Of($"<li>{line}</li>"))}</ul>";

    private static Html Message(FlaggedTexts texts)
    {
        if (texts.Account.Message is not { } record)
            return Html.Of($"<small>nothing: a person answers, or there was nobody to write to</small>");
        Html to = Html.Of($"<small>to <bdi>{record.To}</bdi></small>");
        return texts.Message is { } message
            ? Html.Of($"""<details><summary>{message.Subject}</summary><pre>{message.Text}</pre></details>{to}""")
            : Html.Of($"{record.Template} {to}");
    }
}
