using System.Text;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.State.Answers;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Seen;
using Signals.Testing.Folding;
using Signals.Testing.World;

namespace Signals.Core.Tests.State.Seen;

public sealed class SeenReportTests
{
    private readonly NamesInUse _uses = new(FoldModel.Groups);
    private readonly SeenNames _seen;

    public SeenReportTests() => _seen = new SeenNames(_uses);

    private SeenReport Report => SeenReport.Of(_seen, _uses);

    [Fact]
    public void A_name_that_came_is_listed_with_what_the_model_uses_it_for()
    {
        See(3, EventOf.Track("ann", FoldModel.Watched, properties: new { seconds = 60, title = "x" }));
        See(1, EventOf.Track("ann", "Clicked", properties: new { button = "secret words" }));

        Assert.Equal(
            [("Video Watched", 3, "value"), ("Clicked", 1, "")],
            Report.Events.Names.Select(name => (name.Name, name.Count, string.Join(' ', name.Uses)))
        );
        // Properties by their event, also of events that the model reads nothing of.
        Assert.Equal(
            [("Video Watched", "seconds", 3, "value"), ("Video Watched", "title", 3, ""), ("Clicked", "button", 1, "")],
            Report.Properties.Names.Select(name => (name.Event, name.Name, name.Count, string.Join(' ', name.Uses)))
        );
    }

    [Fact]
    public void Names_of_the_model_that_never_came_are_told_and_properties_only_of_events_that_did()
    {
        See(1, EventOf.Track("ann", FoldModel.Watched, properties: new { minutes = 1 }));

        Assert.DoesNotContain(Report.Events.NeverCame, name => name.Name == FoldModel.Watched);
        Assert.Contains(Report.Events.NeverCame, name => name is { Name: FoldModel.Rated, IsOptional: false });
        Assert.Contains(Report.Events.NeverCame, name => name is { Name: "Account Removed User", IsOptional: true });
        Assert.Equal(("Video Watched", "seconds"), Report.Properties.NeverCame.Select(name => (name.Event, name.Name)).Single());
    }

    [Fact]
    public void Half_the_senders_in_another_spelling_are_a_near_miss_though_the_models_name_came_too()
    {
        See(5120, EventOf.Track("ann", "Video watched"));
        See(7, EventOf.Track("ann", FoldModel.Watched));

        var miss = Assert.Single(Report.NearMisses);
        Assert.Equal(
            ("Video watched", 5120, FoldModel.Watched, 7, Nearness.Spelling),
            (miss.Seen.Name, miss.Seen.Count, miss.Model.Name, miss.ModelCount, miss.Why)
        );
    }

    [Fact]
    public void A_slip_is_a_near_miss_only_while_the_models_own_name_never_came()
    {
        See(9, EventOf.Track("ann", "Vido Watched"));
        Assert.Equal(Nearness.Slip, Assert.Single(Report.NearMisses).Why);

        See(1, EventOf.Track("ann", FoldModel.Watched));
        Assert.Empty(Report.NearMisses);
    }

    [Fact]
    public void Traits_are_held_against_those_that_the_model_reads_by_who_has_them()
    {
        See(
            4,
            EventOf.Group(
                "ann",
                "acme",
                traits: new
                {
                    MRR = 99,
                    Seats = 5,
                    industry = "toys",
                }
            )
        );
        See(2, EventOf.Identify("ann", traits: new { email = "a@b.c", created_at = "2026-01-01" }));

        Assert.Equal(
            [("MRR", "mrr"), ("Seats", "seats"), ("created_at", "createdAt")],
            Report.NearMisses.Select(miss => (miss.Seen.Name, miss.Model.Name)).Order()
        );
        Assert.Equal(["person"], Report.PersonTraits.Names.Single(name => name.Name == "email").Uses);
        Assert.Contains(Report.AccountTraits.NeverCame, name => name is { Name: "plan", IsOptional: true });
    }

    [Fact]
    public void A_trait_that_has_two_spellings_is_not_missed_in_the_other()
    {
        See(1, EventOf.Group("ann", "acme", traits: new { price = 99 }));
        See(1, EventOf.Identify("ann", traits: new { first_name = "Ann" }));

        Assert.DoesNotContain(Report.AccountTraits.NeverCame, name => name.Name is "mrr" or "price");
        Assert.DoesNotContain(Report.PersonTraits.NeverCame, name => name.Name is "firstName" or "first_name");
        Assert.Empty(Report.NearMisses);
    }

    [Fact]
    public void Names_with_escapes_and_without_end_are_counted_and_no_value_is_kept()
    {
        string member = new('p', 2000);
        var odd = Encoding.UTF8.GetBytes($$"""{"seconds":60,"a\u0062c":{"deep":[1]},"{{member}}":"a value","é":null}""");
        See(1, EventOf.Track("ann", FoldModel.Watched) with { Payload = odd });

        Assert.Equal(4, Report.Properties.Names.Count);
        Assert.Contains(Report.Properties.Names, name => name.Name == "abc");
        Assert.Contains(Report.Properties.Names, name => name.Name == "é");
        Assert.DoesNotContain(Report.Properties.Names, name => name.Name.Contains("value", StringComparison.Ordinal));
    }

    [Fact]
    public void Quarantine_is_counted_by_rule_whatever_was_found_and_wherever_in_a_batch()
    {
        foreach (string found in (string[])["'undefined'", "'null, expected nothing'"])
            _seen.Add(new QuarantinedEvent($"batch[{found.Length}].userId: found {found}, expected the id of somebody", "", FoldApp.Noon));
        _seen.Add(new QuarantinedEvent("batch[0]: found 40000 bytes, expected at most 32768", "", FoldApp.Noon));

        Assert.Equal(
            [("userId: expected the id of somebody", 2), ("expected at most 32768", 1)],
            Report.Quarantined.Select(rule => (rule.Name, rule.Count))
        );
    }

    [Fact]
    public void SDKs_are_counted_by_version()
    {
        See(2, EventOf.Track("ann", "Clicked") with { Library = "@segment/analytics-next/1.70" });
        See(1, EventOf.Alias("old", "ann") with { Library = "own" });

        Assert.Equal(
            [("@segment/analytics-next", "1.70", 2), ("own", "", 1)],
            Report.Sdks.Select(sdk => (SdkName.Split(sdk.Name).Name, SdkName.Split(sdk.Name).Version, sdk.Count))
        );
    }

    [Theory]
    [InlineData("Unsubscribed")]
    [InlineData("email_unsubscribed")]
    [InlineData("email_resubscribed")]
    public void Events_that_say_who_wants_no_mail_are_in_use_in_every_spelling(string name)
    {
        See(1, EventOf.Track("ann", name));

        Assert.StartsWith("optOut.", Assert.Single(Report.Events.Names.Single().Uses), StringComparison.Ordinal);
        Assert.Empty(Report.NearMisses);
        Assert.DoesNotContain(Report.Events.NeverCame, never => never.Uses.Any(use => use.StartsWith("optOut", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("hs_email_optout", "optOut.traits")]
    [InlineData("HS Email OptOut", "optOut.traits")]
    [InlineData("unsubscribed", "person optOut.traits")]
    [InlineData("internal", "people.leaveOut.staff")]
    public void Traits_that_say_who_wants_no_mail_or_is_no_customer_are_in_use(string trait, string uses)
    {
        var names = new NamesInUse(Leaving("internal"));
        var seen = new SeenNames(names);
        seen.Add(EventOf.Identify("ann", traits: new Dictionary<string, string> { [trait] = "yes" }));
        var report = SeenReport.Of(seen, names);

        Assert.Equal(uses, string.Join(' ', report.PersonTraits.Names.Single().Uses));
        Assert.Empty(report.NearMisses);
        Assert.Equal(trait != "internal", report.PersonTraits.NeverCame.Any(never => never.Name == "internal"));
    }

    [Theory]
    [InlineData("email_marketing_consents", "emailMarketingConsent")]
    [InlineData("has_opted_out_of_emial", "hasOptedOutOfEmail")]
    [InlineData("Internal", "internal")]
    public void A_slip_in_the_name_of_such_a_trait_is_a_near_miss(string trait, string model)
    {
        var names = new NamesInUse(Leaving("internal"));
        var seen = new SeenNames(names);
        seen.Add(EventOf.Identify("ann", traits: new Dictionary<string, string> { [trait] = "yes" }));

        Assert.Equal(model, Assert.Single(SeenReport.Of(seen, names).NearMisses).Model.Name);
    }

    [Fact]
    public void Properties_of_other_events_push_out_none_of_an_event_that_the_model_reads()
    {
        See(1, EventOf.Track("ann", FoldModel.Watched, properties: new { Seconds = 60 }));
        for (int i = 0; i < 3 * NameTally.Capacity; i++)
            See(2, EventOf.Track("ann", "Clicked", properties: new Dictionary<string, int> { [$"made up {i}"] = i }));

        Assert.Equal("seconds", Assert.Single(Report.NearMisses).Model.Name);
        Assert.Equal(1 + NameTally.Capacity, Report.Properties.Names.Count);
        Assert.Equal(2 * 2 * NameTally.Capacity, Report.Properties.OtherCount);
    }

    [Fact]
    public void A_property_is_told_by_its_event_however_long_the_events_name_is()
    {
        See(1, EventOf.Track("ann", new string('e', 200), properties: new { seconds = 60 }));

        var name = Assert.Single(Report.Properties.Names);
        Assert.StartsWith("eee", name.Event, StringComparison.Ordinal);
        Assert.Equal("seconds", name.Name);
    }

    [Fact]
    public void What_a_fold_collects_and_the_names_in_use_are_the_same()
    {
        foreach (
            var model in (ValueModel[])
                [
                    FoldModel.Groups,
                    FoldModel.People,
                    StoryModels.OfGroups.WithSetUp().WithFeatures().WithChurn(),
                    StoryModels.OfPeople.WithFeatures() with
                    {
                        Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = ["Payment Succeeded"] },
                    },
                ]
        )
        {
            var uses = new NamesInUse(model);
            var plan = new CollectionPlan(model);
            string[] beside = [.. model.Playbooks.Values.Select(playbook => playbook.Goal?.Event).OfType<string>()];

            Assert.Equal(plan.Events.Union(beside).Order(StringComparer.Ordinal), uses.Keys(NameKind.Event).Order(StringComparer.Ordinal));
            Assert.Equal(
                plan.Events.SelectMany(name => PropertiesOf(plan.For(name)!, model)).Distinct().Order(StringComparer.Ordinal),
                uses.Keys(NameKind.Property).Order(StringComparer.Ordinal)
            );
        }
    }

    /// <summary>Each property that a fold looks for, under the name by which it is counted.</summary>
    private static IEnumerable<string> PropertiesOf(EventPlan plan, ValueModel model)
    {
        List<string> names = [.. plan.Sums.Keys, .. plan.Facts.Select(fact => fact.Property)];
        if (plan.Distinct is { } distinct)
            names.Add(distinct);
        if (plan.Feedback is not null)
            names.AddRange([model.Feedback.Comment, model.Feedback.Channel]);
        if (plan.Feedback is FeedbackKind.Nps or FeedbackKind.Csat or FeedbackKind.Ces)
            names.Add(model.Feedback.Score);
        if (plan.IsOfTicket)
            names.Add(model.Tickets.Id);
        if (plan.OpensTicket)
            names.Add(model.Tickets.Text);
        return names.Select(name => History.PropertyKey(plan.Name, name));
    }

    private static ValueModel Leaving(string trait) =>
        FoldModel.Groups with
        {
            People = new PeopleDefinition
            {
                LeaveOut = [new LeaveOutRule("staff") { Traits = new Dictionary<string, IReadOnlyList<string>> { [trait] = ["yes"] } }],
            },
        };

    private void See(int times, UsageEvent usageEvent)
    {
        for (int i = 0; i < times; i++)
            _seen.Add(usageEvent);
    }
}
