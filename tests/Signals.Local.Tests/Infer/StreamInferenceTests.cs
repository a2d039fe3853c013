using System.Text;
using Signals.Backtesting.Inference;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Time;
using Signals.Local.Demo;

namespace Signals.Local.Tests.Infer;

/// <summary>What is proposed from the demo's own events, held against the model that its product people wrote.</summary>
public sealed class StreamInferenceTests
{
    private static readonly Lazy<ModelProposal> OfTheDemo = new(() =>
    {
        var survey = new EventSurvey();
        foreach (var day in new DemoStory(DemoModel.Read(), Days.Of(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero))).Tell())
        {
            foreach (var usage in day.InOrder())
                survey.Add(usage);
        }
        return new ModelInference(survey, "Nimbus").Propose();
    });

    [Fact]
    public void Value_of_the_demo_is_handling_conversations_and_what_is_sent_and_published()
    {
        var value = OfTheDemo.Value.Value;

        Assert.Equal(("minutes", 15.0, 30), (value.Unit, value.Floor, value.Days));
        Assert.Equal("Conversation Handled", value.Sources[0].Event);
        Assert.Equal("seconds", value.Sources[0].Property);
        Assert.Superset(
            new HashSet<string>(["Campaign Sent", "Report Shared", "Article Published", "Automation Run"], StringComparer.Ordinal),
            value.Sources.Select(source => source.Event).ToHashSet(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Its_companies_plans_churn_and_money_are_told_as_they_are()
    {
        var proposal = OfTheDemo.Value;

        Assert.True(proposal.IsOfGroups);
        Assert.Equal(["Subscription Cancelled"], proposal.Of(NameRole.Churn).Select(role => role.Name.Name));
        Assert.Superset(
            new HashSet<string>(["Cancel Viewed"], StringComparer.Ordinal),
            proposal.Of(NameRole.Leave).Select(role => role.Name.Name).ToHashSet(StringComparer.Ordinal)
        );
        Assert.Equal(
            [("free", 0.0), ("basic", 49.0), ("pro", 199.0), ("enterprise", 999.0)],
            proposal.Plans.Select(plan => (plan.Id, plan.Price!.Value))
        );
        Assert.Equal(["Payment Failed"], proposal.Of(NameRole.PaymentFailed).Select(role => role.Name.Name));
        Assert.Equal(["Ticket Opened"], proposal.Of(NameRole.TicketOpened).Select(role => role.Name.Name));
        Assert.Equal("Message Delivered", proposal.Reach!.Name.Name);
        Assert.Equal("recipientId", proposal.ReachProperty);
    }

    [Fact]
    public void A_step_of_the_set_up_is_not_told_as_left_out()
    {
        string text = ProposalText.Write(OfTheDemo.Value);

        int leftOut = text.IndexOf("// Left out", StringComparison.Ordinal);
        Assert.Contains("Settings Opened", text[leftOut..], StringComparison.Ordinal);
        foreach (var step in OfTheDemo.Value.Steps)
            Assert.DoesNotContain($"//   {step.Name}:", text[leftOut..], StringComparison.Ordinal);
    }

    /// <summary>
    /// The first reply is everybody's own step and comes first: whoever joins an account that is set up does no other. Those of the account come in
    /// their order.
    /// </summary>
    [Fact]
    public void Its_set_up_comes_in_order()
    {
        var steps = OfTheDemo.Value.Steps;

        Assert.Contains("First Reply Sent", steps.Select(step => step.Name));
        Assert.Equal(
            ["Channel Connected", "Users Imported", "Teammate Invited"],
            steps.Select(step => step.Name).Where(name => name != "First Reply Sent").Take(3)
        );
    }

    [Fact]
    public void What_is_written_of_it_can_be_read()
    {
        var reading = ValueModelReader.Read(Encoding.UTF8.GetBytes(ProposalText.Write(OfTheDemo.Value)), CauseCatalogue.All);

        Assert.Empty(reading.Errors);
    }
}
