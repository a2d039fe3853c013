using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Testing.Folding;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Processing.Folding;

/// <summary>Values that mean nothing: the event counts, the value does not, and what was found is told.</summary>
public sealed class LeftOutValueTests
{
    private const string Satisfied = "CSAT Answered";
    private const string Effort = "CES Answered";

    private static readonly ValueModel Model = FoldModel.Groups with
    {
        Feedback = new FeedbackDefinition
        {
            Nps = [FoldModel.Rated],
            Csat = [Satisfied],
            Ces = [Effort],
        },
        Value = new ValueDefinition(
            "minutes",
            [new ValueSource(FoldModel.Watched, null, "seconds", 0.0166667) { Most = ValueSource.UsualMost("minutes") }],
            new Floor()
        ),
    };

    private readonly FoldApp _app = new(new InMemoryEntityStore(), Model);

    [Theory]
    [InlineData(FoldModel.Rated, -1)]
    [InlineData(FoldModel.Rated, 65)]
    [InlineData(FoldModel.Rated, 10.5)]
    [InlineData(FoldModel.Rated, 1e300)]
    [InlineData(Satisfied, 0)]
    [InlineData(Satisfied, 6)]
    [InlineData(Satisfied, 100)]
    [InlineData(Effort, 0)]
    [InlineData(Effort, 8)]
    [InlineData(Effort, -1)]
    public async Task A_score_that_is_on_no_scale_is_no_answer_and_is_told(string name, double score)
    {
        await _app.FoldAsync("m1", EventOf.Track("u", name, group: "acme", properties: new { score }));

        var account = await _app.GroupAsync("acme");
        Assert.Empty(account.Feedback.Answers);
        Assert.Equal(1, account.History.Total(name)!.Count);
        var told = Assert.Single(await _app.LeftOutAsync());
        Assert.Equal((LeftOutKind.Value, LeftOutRules.Score, 1L), (told.Kind, told.Rule, told.Count));
        Assert.StartsWith($"{name}: ", Assert.Single(told.Examples), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FoldModel.Rated, 0)]
    [InlineData(FoldModel.Rated, 10)]
    [InlineData(Satisfied, 1)]
    [InlineData(Satisfied, 5)]
    [InlineData(Effort, 1)]
    [InlineData(Effort, 7)]
    public async Task Both_ends_of_a_scale_are_answers(string name, double score)
    {
        await _app.FoldAsync("m1", EventOf.Track("u", name, group: "acme", properties: new { score }));

        Assert.Equal(score, Assert.Single((await _app.GroupAsync("acme")).Feedback.Answers).Score);
        Assert.Empty(await _app.LeftOutAsync());
    }

    [Fact]
    public async Task The_words_beside_a_score_that_is_none_are_kept()
    {
        await _app.FoldAsync(
            "m1",
            EventOf.Track("u", FoldModel.Rated, group: "acme", properties: new { score = -1, comment = "Too slow." })
        );

        var answer = Assert.Single((await _app.GroupAsync("acme")).Feedback.Answers);
        Assert.Equal((double.NaN, "Too slow."), (answer.Score, answer.Comment));
    }

    [Theory]
    [InlineData("jörg@customer.example", "letters before the @ that need SMTPUTF8")]
    [InlineData("a@b.example, c@d.example", "two addresses, or two @")]
    [InlineData("n/a", "no @")]
    public async Task An_address_that_no_mail_can_go_to_is_told_without_the_address(string email, string problem)
    {
        await _app.FoldAsync("m1", EventOf.Identify("u", group: "acme", traits: new { email }));

        var told = Assert.Single(await _app.LeftOutAsync());
        Assert.Equal((LeftOutKind.Value, LeftOutRules.Email, 1L), (told.Kind, told.Rule, told.Count));
        Assert.Equal(problem, Assert.Single(told.Examples));
    }

    [Theory]
    [InlineData("ann@customer.example")]
    [InlineData(" Ann <ann@bücher.example>")]
    [InlineData("")]
    public async Task An_address_that_can_be_read_and_none_at_all_are_no_news(string email)
    {
        await _app.FoldAsync("m1", EventOf.Identify("u", group: "acme", traits: new { email }));

        Assert.Empty(await _app.LeftOutAsync());
    }

    [Fact]
    public void A_row_from_before_scales_were_looked_at_is_read_without_what_is_no_answer()
    {
        var account = new AccountState(AccountKey.Group("acme"), "acme");
        account.Feedback.Add(new FeedbackAnswer(FoldApp.Noon, 1, FeedbackKind.Nps, 9, null, null, "u_u"));
        byte[] packed = account.Pack();
        // 65 where 9 stood.
        byte[] nine = BitConverter.GetBytes(9d);
        int at = packed.AsSpan().IndexOf(nine);
        BitConverter.GetBytes(65d).CopyTo(packed, at);

        Assert.True(at > 0);
        Assert.Empty(AccountState.Unpack(account.Key, packed, [], "").Feedback.Answers);
    }

    [Theory]
    [InlineData(-7200)]
    [InlineData(-1)]
    [InlineData(86_401)]
    [InlineData(1e12)]
    [InlineData(1.7e308)]
    public async Task A_duration_that_no_day_holds_adds_nothing_takes_nothing_away_and_is_told(double seconds)
    {
        await _app.FoldAsync(
            "m1",
            EventOf.Track("u", FoldModel.Watched, group: "acme", properties: new { seconds = 3600 }),
            EventOf.Track("u", FoldModel.Watched, group: "acme", properties: new { seconds })
        );

        var person = await _app.MemberAsync("acme", "u");
        Assert.Equal(3600, SecondsOf(person.History));
        Assert.Equal(2, person.History.Total(FoldModel.Watched)!.Count);
        Assert.Equal(LeftOutRules.Amount, Assert.Single(await _app.LeftOutAsync()).Rule);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(86_400)]
    public async Task As_much_as_a_day_holds_counts_whatever_the_scales_rounding(double seconds)
    {
        await _app.FoldAsync("m1", EventOf.Track("u", FoldModel.Watched, group: "acme", properties: new { seconds }));

        Assert.Equal(seconds, SecondsOf((await _app.MemberAsync("acme", "u")).History));
        Assert.Empty(await _app.LeftOutAsync());
    }

    [Theory]
    [InlineData("createdAt", "05/12/2026", LeftOutRules.Date)]
    [InlineData("deactivatedAt", "yes", LeftOutRules.Date)]
    [InlineData("createdAt", "1e300", LeftOutRules.Date)]
    [InlineData("timezone", "Mars/Phobos", LeftOutRules.TimeZone)]
    [InlineData("timezone", "480", LeftOutRules.TimeZone)]
    public async Task A_trait_that_cannot_be_read_is_told(string trait, string value, string rule)
    {
        var traits = new Dictionary<string, string>(StringComparer.Ordinal) { [trait] = value };
        await _app.FoldAsync(
            "m1",
            EventOf.Identify("u", group: "acme", traits: traits),
            EventOf.Identify("v", group: "acme", traits: traits)
        );

        var told = Assert.Single(await _app.LeftOutAsync());
        Assert.Equal((rule, 2L), (told.Rule, told.Count));
        Assert.Contains(value, Assert.Single(told.Examples), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("renewalAt", "0001-01-01T00:00:00Z")]
    [InlineData("trialEndsAt", "0")]
    [InlineData("createdAt", "1970-01-01T00:00:00Z")]
    [InlineData("renewalAt", "9999-12-31")]
    public async Task A_date_that_programs_write_for_none_is_none_and_no_news(string trait, string value)
    {
        var traits = new Dictionary<string, string>(StringComparer.Ordinal) { [trait] = value };
        await _app.FoldAsync("m1", EventOf.Group("u", "acme", traits: traits));

        var facts = AccountFacts.Of(await _app.GroupAsync("acme"), Model);
        Assert.Equal((null, null, null), ((DateTimeOffset?)facts.RenewalAt, facts.TrialEndsAt, facts.CreatedAt));
        Assert.Empty(await _app.LeftOutAsync());
    }

    [Fact]
    public async Task An_unknown_zone_of_the_device_is_told_too_and_a_redelivery_tells_nothing_again()
    {
        var message = FoldApp.Message("m1", EventOf.Track("u", "Opened", group: "acme") with { TimeZone = "Moon/Tycho" });
        await _app.FoldAsync(message);
        await _app.FoldAsync(message);

        Assert.Equal(1, Assert.Single(await _app.LeftOutAsync()).Count);
    }

    private static double SecondsOf(History history) =>
        history.Buckets.Sum(bucket => bucket.Sum(history.SumOf(FoldModel.Watched, "seconds"))) / PropertySum.MicrosPerUnit;
}
