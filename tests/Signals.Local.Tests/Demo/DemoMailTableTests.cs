using System.Globalization;
using System.Text;
using Signals.Core.Response.Outreach;
using Signals.Testing;

namespace Signals.Local.Tests.Demo;

/// <summary>
/// What the demo's 90 days of mails come to, told in docs/alerts.md (<c>SIGNALS_UPDATE_SNAPSHOTS=1</c> writes it), and held to what nobody
/// should have to put up with.
/// </summary>
[Collection(PlayedDemoTests.Name)]
public sealed class DemoMailTableTests(PlayedDemo demo)
{
    private const string Begin = "<!-- Made of the demo by DemoMailTableTests: SIGNALS_UPDATE_SNAPSHOTS=1 writes it anew. -->\n";
    private const string End = "<!-- Until here. -->\n";

    private static readonly string PagePath = Path.Combine(Repository.Root, "docs", "alerts.md");

    private DemoMailFigures Figures => new(demo.Summary.Outreach, demo.Audit, demo.Cast, demo.Model.TimeZone);

    [Fact]
    public void The_page_tells_what_the_demo_brings()
    {
        string page = Page();
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = page.IndexOf(End, StringComparison.Ordinal);
        string expected = $"{page[..from]}\n{Table(Figures)}\n{page[to..]}";
        if (Environment.GetEnvironmentVariable("SIGNALS_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(PagePath, expected);

        Assert.Equal(expected, Page());
    }

    [Fact]
    public void Nobody_hears_often_or_twice_or_at_night()
    {
        var figures = Figures;

        Assert.True(figures.PeopleByMails.Values.Sum() > 100, $"{figures.PeopleByMails.Values.Sum()} people");
        Assert.True(figures.PeopleByMails.Keys.Max() <= 3, $"{figures.PeopleByMails.Keys.Max()} mails to one person");
        Assert.Equal(0, figures.SubjectsTwice);
        Assert.Equal(0, figures.TextsTwice);
        Assert.Equal(0, figures.CustomersAtNight);
        Assert.Equal(0, figures.ListsAtNight);
    }

    [Fact]
    public void A_manager_can_live_with_it()
    {
        var figures = Figures;
        var alerts = figures.AWeek(OutreachKind.Alert);
        var digests = figures.AWeek(OutreachKind.Digest);

        Assert.InRange(Median(alerts), 0, 2);
        Assert.InRange(alerts[^1], 1, demo.Model.Alerts.AtOncePerWeek);
        // One a working day.
        Assert.InRange(digests[^1], 1, 5);
        var (answered, told) = figures.Answers;
        Assert.InRange((double)answered / told, 0.5, 1);
    }

    [Fact]
    public void What_is_wrong_is_counted()
    {
        var mail = Figures.ToCustomers[0];
        var worse = new DemoMailFigures(
            [mail, mail with { SentAt = mail.SentAt!.Value.AddDays(DaysToSunday(mail.SentAt.Value)) }],
            [],
            demo.Cast,
            demo.Model.TimeZone
        );

        Assert.Equal(1, worse.SubjectsTwice);
        Assert.Equal(1, worse.TextsTwice);
        Assert.Equal(1, worse.CustomersAtNight);
        Assert.Equal(2, worse.PeopleByMails.Keys.Single());
    }

    private static int DaysToSunday(DateTimeOffset moment) => 7 - (int)moment.DayOfWeek;

    private static string Table(DemoMailFigures figures)
    {
        var (alerts, digests) = (figures.AWeek(OutreachKind.Alert), figures.AWeek(OutreachKind.Digest));
        var (answered, told) = figures.Answers;
        var table = new StringBuilder("| what | in 90 days |\n| --- | --- |\n");
        Row("mails to customers", $"{figures.ToCustomers.Count}");
        Row(
            "people by the mails they got",
            string.Join(", ", figures.PeopleByMails.Select(people => $"{people.Value:N0} got {people.Key}"))
                + $", {figures.PeopleWithout.ToString("N0", CultureInfo.InvariantCulture)} none"
        );
        Row("subjects, texts that somebody got twice", $"{figures.SubjectsTwice}, {figures.TextsTwice}");
        Row("mails to customers in the evening, at night or on a weekend", $"{figures.CustomersAtNight}");
        Row("alerts at once, a manager and week", $"{Median(alerts)} in the median, {alerts[^1]} at most");
        Row("digests, a manager and week", $"{Median(digests)} in the median, {digests[^1]} at most");
        Row("digests and reports at night or on a weekend", $"{figures.ListsAtNight}");
        Row("alerts at night or on a weekend, all of what cannot wait", $"{figures.AlertsAtNight} of {figures.Alerts.Count}");
        Row("alerts that somebody answered", $"{answered} of {told}, {100.0 * answered / told:0}%");
        return table.ToString();

        void Row(string what, string figure) => table.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} |\n");
    }

    private static double Median(IReadOnlyList<int> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2.0;

    private static string Page() => File.ReadAllText(PagePath).ReplaceLineEndings("\n");
}
