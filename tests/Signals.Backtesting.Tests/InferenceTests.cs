using System.Text;
using Signals.Backtesting.Inference;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Events;
using Signals.Core.Model.Reading;

namespace Signals.Backtesting.Tests;

/// <summary>What a product person would read out of a stream, <c>signals infer</c> proposes.</summary>
public sealed class InferenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_product_of_companies_is_read_as_its_people_would_tell_it()
    {
        var proposal = Proposal();

        Assert.True(proposal.IsOfGroups);
        Assert.Equal("minutes", proposal.Value.Unit);
        Assert.Equal(["Call Ended", "Report Shared"], proposal.Value.Sources.Select(source => source.Event));
        Assert.Equal(("seconds", 1.0 / 60), (proposal.Value.Sources[0].Property, proposal.Value.Sources[0].Scale));
        Assert.Equal(["Call", "Report"], proposal.Features.Select(feature => feature.Name));
        Assert.Equal(["Contacts Imported", "First Call Booked"], proposal.Steps.Take(2).Select(step => step.Name));
        Assert.Equal(["Import Started"], proposal.Steps[0].Tried);
        Assert.Equal(["Import Failed"], proposal.Steps[0].Failed);
        Assert.True(proposal.Steps[0].IsOfAccount);
        Assert.Equal(["empty-results", "errors"], proposal.Friction.Select(kind => kind.Kind).Order(StringComparer.Ordinal));
        Assert.Equal(["Subscription Cancelled"], proposal.Of(NameRole.Churn).Select(role => role.Name.Name));
        Assert.Equal(["Cancel Viewed"], proposal.Of(NameRole.Leave).Select(role => role.Name.Name));
        Assert.Equal(["NPS Answered"], proposal.Of(NameRole.Nps).Select(role => role.Name.Name));
        Assert.Equal(("score", "comment"), (proposal.ScoreProperty, proposal.CommentProperty));
        Assert.Equal(("ticketId", "body"), (proposal.TicketId, proposal.TicketText));
        Assert.Equal([("basic", 10.0), ("pro", 99.0)], proposal.Plans.Select(plan => (plan.Id, plan.Price!.Value)));
        Assert.Equal(
            [("plan", "plan"), ("mrr", "mrr"), ("renewalAt", "endsAt")],
            proposal.Facts.Single(facts => facts.Event == "Subscription Period Started").Properties
        );
        Assert.Contains("Logged In", proposal.LeftOut.Select(role => role.Name.Name));
        Assert.Contains("coming and going is no value", proposal.LeftOut.Select(role => role.Why));
    }

    [Fact]
    public void What_is_written_is_a_model_that_can_be_read()
    {
        string text = ProposalText.Write(Proposal());

        var reading = ValueModelReader.Read(Encoding.UTF8.GetBytes(text), CauseCatalogue.All);

        Assert.Empty(reading.Errors);
        Assert.Equal("Door", reading.Model!.Product);
        Assert.Contains("// Left out, and why:", text, StringComparison.Ordinal);
        Assert.Contains("// What could not be known:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@customer.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_after_which_people_go_on_is_a_sign_of_leaving_and_no_end()
    {
        var survey = new EventSurvey();
        for (int person = 0; person < 30; person++)
        {
            for (int day = 0; day < 60; day++)
                survey.Add(Track($"u{person}", "Report Shared", day));
            survey.Add(Track($"u{person}", "Plan Cancelled", 20));
            survey.Add(Track($"u{person}", "Plan Cancelled", 30));
        }

        var proposal = new ModelInference(survey, "Door").Propose();

        Assert.Equal(["Plan Cancelled"], proposal.Of(NameRole.Leave).Select(role => role.Name.Name));
        Assert.Empty(proposal.Of(NameRole.Churn));
        Assert.Contains(proposal.Unknown, unknown => unknown.StartsWith("Who left", StringComparison.Ordinal));
    }

    [Fact]
    public void An_end_after_which_a_paid_month_is_used_up_is_an_end()
    {
        var survey = new EventSurvey();
        for (int person = 0; person < 30; person++)
        {
            for (int day = 0; day < (person < 10 ? 75 : 120); day++)
                survey.Add(Track($"u{person}", "Report Shared", day));
            if (person < 10)
                survey.Add(Track($"u{person}", "Plan Cancelled", 50));
        }

        var churn = Assert.Single(new ModelInference(survey, "Door").Propose().Of(NameRole.Churn));

        Assert.Equal("Plan Cancelled", churn.Name.Name);
        Assert.Equal("100% of those who did it did nothing from a month later on", churn.Why);
    }

    [Fact]
    public void What_fails_in_peoples_own_work_is_friction_and_no_bill()
    {
        var survey = new EventSurvey();
        for (int person = 0; person < 30; person++)
        {
            for (int day = 0; day < 60; day += 3)
                survey.Add(Track($"u{person}", "Invoice Sent", day));
            survey.Add(Track($"u{person}", "Invoice Failed", 12));
            survey.Add(Track($"u{person}", "Card Declined", 30));
        }

        var proposal = new ModelInference(survey, "Door").Propose();

        Assert.Equal(["Card Declined"], proposal.Of(NameRole.PaymentFailed).Select(role => role.Name.Name));
        Assert.Equal(["Invoice Failed"], proposal.Friction.Single().Names.Select(role => role.Name.Name));
        Assert.Contains("\"name\": \"failed attempts\"", ProposalText.Write(proposal), StringComparison.Ordinal);
        Assert.Contains(
            "\"name\": { \"fr\": \"échecs\", \"de\": \"Fehlversuche\" }",
            ProposalText.Write(proposal with { Locales = ["fr", "de"] }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_durations_deeds_are_counted_and_a_monthly_rhythm_gets_a_longer_window()
    {
        var survey = new EventSurvey();
        for (int person = 0; person < 40; person++)
        {
            for (int month = 0; month < 8; month++)
                survey.Add(Track($"u{person}", "Report Filed", (30 * month) + (person % 5)));
        }

        var value = new ModelInference(survey, "Door").Propose().Value;

        Assert.Equal(("deeds", 1.0, 45), (value.Unit, value.Floor, value.Days));
    }

    [Theory]
    [InlineData("addToPlaylist", "add to playlist", "playlist")]
    [InlineData("Report Shared", "report shared", "report")]
    [InlineData("NPS Answered", "nps answered", "nps")]
    [InlineData("export_completed", "export completed", "export-completed")]
    [InlineData("HTMLPageOpened", "html page opened", "html-page")]
    [InlineData("Booking Taken", "booking taken", "booking")]
    [InlineData("Class Taught", "class taught", "class")]
    [InlineData("Booking cancelled", "booking cancelled", "booking")]
    [InlineData("Tracking Issue Closed", "tracking issue closed", "tracking-issue")]
    [InlineData("Thumbs Up", "thumbs up", "thumbs-up")]
    [InlineData("Checklist Set Up", "checklist set up", "checklist")]
    public void Names_are_words_whatever_their_spelling(string name, string words, string id)
    {
        var read = new NameWords(name);

        Assert.Equal(words, string.Join(' ', read.Words));
        Assert.Equal(id, read.Id);
    }

    [Theory]
    [InlineData("seconds", 1.0 / 60, false)]
    [InlineData("duration_ms", 1.0 / 60_000, false)]
    [InlineData("callDuration", 1.0 / 60, true)]
    [InlineData("minutes", 1.0, false)]
    public void Durations_are_known_by_their_names(string name, double toMinutes, bool isGuess)
    {
        var unit = DurationUnit.Of(new NameWords(name))!.Value;

        Assert.Equal((toMinutes, isGuess), (unit.ToMinutes, unit.IsGuess));
    }

    [Fact]
    public void The_share_that_is_active_is_told_for_any_floor()
    {
        var model = ValueModelReader
            .Read(
                """{ "product": "Door", "value": { "unit": "minutes", "from": [{ "event": "Call Ended", "property": "seconds", "scale": 0.016666666666666666 }], "floor": { "amount": 10, "days": 10 } } }"""u8.ToArray(),
                CauseCatalogue.All
            )
            .Model!;
        var survey = new FloorSurvey(model);
        for (int day = 0; day < 20; day++)
        {
            survey.Add(Track("ann", "Call Ended", day, """{"seconds":300}"""));
            survey.Add(Track("bob", "Call Ended", day, """{"seconds":30}"""));
            survey.Add(Track("zoe", "Logged In", day));
        }

        var shares = survey.Shares(10, 5, 50, 51)!;

        Assert.Equal((2, 3.0), (shares.Windows, shares.People));
        Assert.Equal([(10.0, 1 / 3.0), (5.0, 2 / 3.0), (50.0, 1 / 3.0), (51.0, 0.0)], shares.Shares);
    }

    private static ModelProposal Proposal()
    {
        var survey = new EventSurvey();
        for (int account = 0; account < 30; account++)
        {
            string group = $"g{account}",
                plan = account % 2 == 0 ? "basic" : "pro";
            int joins = account;
            survey.Add(Event(EventType.Group, $"{group}-0", "", joins, $$"""{"name":"{{group}}","plan":"{{plan}}"}""", group));
            survey.Add(Track($"{group}-0", "Import Started", joins, null, group));
            if (account % 3 == 0)
                survey.Add(Track($"{group}-0", "Import Failed", joins, null, group));
            survey.Add(Track($"{group}-0", "Contacts Imported", joins + 1, null, group));
            survey.Add(
                Track(
                    $"{group}-0",
                    "Subscription Period Started",
                    joins,
                    $$"""{"plan":"{{plan}}","mrr":{{(plan == "pro" ? 99 : 10)}},"endsAt":"2026-12-01T00:00:00Z"}""",
                    group
                )
            );
            int ends = account % 10 == 9 ? 60 : 110;
            for (int person = 0; person < 3; person++)
            {
                string user = $"{group}-{person}";
                survey.Add(Event(EventType.Identify, user, "", joins, $$"""{"email":"{{user}}@customer.example"}""", group));
                survey.Add(Track(user, "First Call Booked", joins + 3, null, group));
                for (int day = joins; day < ends; day++)
                {
                    survey.Add(Track(user, "Logged In", day, null, group));
                    survey.Add(Track(user, "Call Ended", day, """{"seconds":420,"kind":"video"}""", group));
                    if (day % 7 == 0)
                        survey.Add(Track(user, "Report Shared", day, null, group));
                    if (day % 11 == 0)
                        survey.Add(Track(user, "Error", day, """{"code":500}""", group));
                    if (day % 13 == 0)
                        survey.Add(Track(user, "Empty Search", day, """{"query":"x"}""", group));
                }
            }
            survey.Add(Track($"{group}-1", "NPS Answered", joins + 20, """{"score":9,"comment":"good"}""", group));
            survey.Add(Track($"{group}-1", "Ticket Opened", joins + 20, """{"ticketId":"t1","body":"help"}""", group));
            survey.Add(Track($"{group}-1", "Ticket Solved", joins + 21, """{"ticketId":"t1"}""", group));
            if (account % 5 == 4)
                survey.Add(Track($"{group}-0", "Cancel Viewed", 50, null, group));
            if (ends == 60)
                survey.Add(Track($"{group}-0", "Subscription Cancelled", 60, null, group));
        }
        return new ModelInference(survey, "Door").Propose();
    }

    private static UsageEvent Track(string user, string name, int day, string? properties = null, string? group = null) =>
        Event(EventType.Track, user, name, day, properties, group);

    private static UsageEvent Event(EventType type, string user, string name, int day, string? payload, string? group) =>
        new()
        {
            Type = type,
            Name = name,
            MessageId = Guid.NewGuid().ToString("N"),
            UserId = user,
            GroupId = group,
            Timestamp = Start.AddDays(day),
            ReceivedAt = Start.AddDays(day),
            Payload = payload is null ? default : Encoding.UTF8.GetBytes(payload),
        };
}
