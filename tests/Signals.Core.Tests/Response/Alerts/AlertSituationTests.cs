using Signals.Core.Model;
using Signals.Core.State.Assessments;

namespace Signals.Core.Tests.Response.Alerts;

/// <summary>
/// What an alert says to whom, and what becomes of it, whatever reviews, people and time do. The CS manager is zoe, the default address
/// boss.
/// </summary>
public sealed class AlertSituationTests
{
    private static readonly FoundCause Drop = AlertRig.Cause(CauseIds.UsageDrop);
    private static readonly FoundCause Unhappy = AlertRig.Cause(CauseIds.SupportUnhappy);
    private static readonly FoundCause Friction = AlertRig.Cause(CauseIds.Friction);

    private static readonly List<Situation> All =
    [
        // The level.
        new("healthy with a cause", [Finds(RiskLevel.Healthy, Drop)], "", "none"),
        new("on watch", [Finds(RiskLevel.Watch, Drop)], "", "none"),
        new("at risk", [Finds(RiskLevel.AtRisk, Drop)], "raised:zoe", "open"),
        new("at risk without a cause", [Finds(RiskLevel.AtRisk)], "", "none"),
        new("at risk again and again", [AtRisk, AtRisk, Wait(1), AtRisk], "raised:zoe", "open"),
        new("at risk, then critical", [AtRisk, Critical], "raised:zoe worse:zoe", "open"),
        new("critical, then better but still at risk", [Critical, AtRisk], "raised:zoe", "open"),
        new("critical, better, critical again", [Critical, AtRisk, Wait(1), Critical], "raised:zoe worse:zoe", "open"),
        new("at risk, then on watch: recovered", [AtRisk, OnWatch], "raised:zoe", "resolved recovered"),
        new("recovered, then at risk again: another alert", [AtRisk, OnWatch, Wait(1), AtRisk], "raised:zoe raised:zoe", "open"),
        new("the customer left", [AtRisk, rig => rig.ChurnAsync(), Finds(RiskLevel.Healthy)], "raised:zoe", "resolved left"),
        new("only imported history", [Critical], "", "none", Live: false),
        // Strategic accounts, one level earlier.
        new("strategic and healthy", [Finds(RiskLevel.Healthy, Drop)], "", "none", Strategic: true),
        new("strategic and on watch", [OnWatch], "raised:zoe", "open", Strategic: true),
        new("strategic, at risk, then on watch: still open", [AtRisk, OnWatch], "raised:zoe", "open", Strategic: true),
        new("strategic, on watch, then at risk", [OnWatch, Wait(1), AtRisk], "raised:zoe worse:zoe", "open", Strategic: true),
        // The causes.
        new("another sure cause", [AtRisk, Wait(1), Finds(RiskLevel.AtRisk, Drop, Friction)], "raised:zoe worse:zoe", "open"),
        new(
            "another cause that is not sure",
            [AtRisk, Wait(1), Finds(RiskLevel.AtRisk, Drop, AlertRig.Cause(CauseIds.Friction, 0.3))],
            "raised:zoe",
            "open"
        ),
        new(
            "another cause that becomes sure",
            [
                AtRisk,
                Wait(1),
                Finds(RiskLevel.AtRisk, Drop, AlertRig.Cause(CauseIds.Friction, 0.3)),
                Wait(1),
                Finds(RiskLevel.AtRisk, Drop, Friction),
            ],
            "raised:zoe worse:zoe",
            "open"
        ),
        new(
            "another cause that alerts nobody",
            [AtRisk, Wait(1), Finds(RiskLevel.AtRisk, Drop, AlertRig.Cause(CauseIds.Delight))],
            "raised:zoe",
            "open"
        ),
        new(
            "a cause that goes and comes back",
            [Finds(RiskLevel.AtRisk, Drop, Friction), Wait(1), AtRisk, Wait(1), Finds(RiskLevel.AtRisk, Drop, Friction)],
            "raised:zoe",
            "open"
        ),
        new("on watch for a cause that alerts early", [Finds(RiskLevel.Watch, Unhappy)], "raised:zoe", "open"),
        new(
            "the early cause goes, another stays on watch",
            [Finds(RiskLevel.Watch, Unhappy, Drop), Wait(1), OnWatch],
            "raised:zoe",
            "resolved recovered"
        ),
        new(
            "a new cause that does not alert at this level",
            [Finds(RiskLevel.Watch, Unhappy), Wait(1), Finds(RiskLevel.Watch, Unhappy, Drop)],
            "raised:zoe",
            "open"
        ),
        new("level and cause at once", [AtRisk, Wait(1), Finds(RiskLevel.Critical, Drop, Friction)], "raised:zoe worse:zoe", "open"),
        // Acknowledged.
        new("acknowledged: silence", [AtRisk, Ack, Wait(100), AtRisk], "raised:zoe", "acknowledged"),
        new("acknowledged, then a worse level", [AtRisk, Ack, Wait(1), Critical], "raised:zoe worse:zoe", "open"),
        new(
            "acknowledged, then another cause",
            [AtRisk, Ack, Wait(1), Finds(RiskLevel.AtRisk, Drop, Friction)],
            "raised:zoe worse:zoe",
            "open"
        ),
        new("acknowledged, then better but at risk", [Critical, Ack, Wait(1), AtRisk], "raised:zoe", "acknowledged"),
        new("acknowledged, then recovered", [AtRisk, Ack, OnWatch], "raised:zoe", "resolved recovered"),
        new("acknowledged, recovered, at risk again", [AtRisk, Ack, OnWatch, Wait(1), AtRisk], "raised:zoe raised:zoe", "open"),
        new("acknowledged twice", [AtRisk, Ack, Wait(1), Ack], "raised:zoe", "acknowledged"),
        // Snoozed.
        new("snoozed", [AtRisk, Snooze(48), Wait(47)], "raised:zoe", "snoozed"),
        new("a snooze that is over speaks again", [AtRisk, Snooze(48), Wait(49)], "raised:zoe reminder:zoe", "open"),
        new("snoozed, then worse: it does not wait", [AtRisk, Snooze(48), Wait(1), Critical], "raised:zoe worse:zoe", "open"),
        new(
            "snoozed, worse, acknowledged: no reminder",
            [AtRisk, Snooze(48), Wait(1), Critical, Ack, Wait(100)],
            "raised:zoe worse:zoe",
            "acknowledged"
        ),
        new("snoozed, then recovered: no reminder", [AtRisk, Snooze(48), Wait(1), OnWatch, Wait(60)], "raised:zoe", "resolved recovered"),
        new("snoozed, then acknowledged: no reminder", [AtRisk, Snooze(48), Ack, Wait(60)], "raised:zoe", "acknowledged"),
        new("acknowledged, then snoozed", [AtRisk, Ack, Snooze(48), Wait(49)], "raised:zoe reminder:zoe", "open"),
        new("snoozed longer: one reminder", [AtRisk, Snooze(10), Wait(1), Snooze(48), Wait(60)], "raised:zoe reminder:zoe", "open"),
        new("a reminder that nobody answers", [AtRisk, Snooze(10), Wait(36)], "raised:zoe reminder:zoe escalated:boss", "open"),
        // Resolved.
        new("resolved, still at risk: silence", [AtRisk, Resolve, Wait(60), AtRisk], "raised:zoe", "resolved helped"),
        new("resolved, then a worse level: another alert", [AtRisk, Resolve, Wait(1), Critical], "raised:zoe raised:zoe", "open"),
        new(
            "resolved, then another sure cause",
            [AtRisk, Resolve, Wait(1), Finds(RiskLevel.AtRisk, Drop, Friction)],
            "raised:zoe raised:zoe",
            "open"
        ),
        new(
            "resolved when critical, better, critical again",
            [Critical, Resolve, Wait(1), AtRisk, Wait(1), Critical],
            "raised:zoe raised:zoe",
            "open"
        ),
        new("resolved, recovered, at risk again", [AtRisk, Resolve, Wait(1), OnWatch, Wait(1), AtRisk], "raised:zoe raised:zoe", "open"),
        new("resolved, then acknowledged: refused", [AtRisk, Resolve, Ack], "raised:zoe", "resolved helped"),
        new("resolved, then snoozed: refused", [AtRisk, Resolve, Snooze(10), Wait(20)], "raised:zoe", "resolved helped"),
        // Unanswered.
        new("not answered yet", [AtRisk, Wait(23)], "raised:zoe", "open"),
        new("not answered in time", [AtRisk, Wait(25)], "raised:zoe escalated:boss", "open"),
        new("not answered for long: escalated once", [AtRisk, Wait(300)], "raised:zoe escalated:boss", "open"),
        new("escalated, then acknowledged", [AtRisk, Wait(25), Ack, Wait(50)], "raised:zoe escalated:boss", "acknowledged"),
        new("escalated, then worse: its manager again", [AtRisk, Wait(25), Critical], "raised:zoe escalated:boss worse:zoe", "open"),
        new(
            "escalated, worse, not answered again",
            [AtRisk, Wait(25), Critical, Wait(25)],
            "raised:zoe escalated:boss worse:zoe escalated:boss",
            "open"
        ),
        new("recovered before the time", [AtRisk, Wait(10), OnWatch, Wait(50)], "raised:zoe", "resolved recovered"),
        new("resolved before the time", [AtRisk, Wait(10), Resolve, Wait(50)], "raised:zoe", "resolved helped"),
        new("it went to the default address at once: nobody is above", [AtRisk, Wait(50)], "raised:boss", "open", Csm: null),
        new("the manager is the default address", [AtRisk, Wait(50)], "raised:BOSS", "open", Csm: "BOSS@nimbus.example"),
        new("raised on a Friday, the weekend does not count", [Wait(4 * 24), AtRisk, Wait(71)], "raised:zoe", "open"),
        new("raised on a Friday, due on Monday", [Wait(4 * 24), AtRisk, Wait(73)], "raised:zoe escalated:boss", "open"),
    ];

    public static TheoryData<string> Names => [.. All.Select(situation => situation.Name)];

    private static Func<AlertRig, Task> AtRisk => Finds(RiskLevel.AtRisk, Drop);

    private static Func<AlertRig, Task> Critical => Finds(RiskLevel.Critical, Drop);

    private static Func<AlertRig, Task> OnWatch => Finds(RiskLevel.Watch, Drop);

    private static Func<AlertRig, Task> Ack => rig => rig.AcknowledgeAsync();

    private static Func<AlertRig, Task> Resolve => rig => rig.ResolveAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_situation_ends_as_told(string name)
    {
        var situation = All.Single(one => one.Name == name);
        var rig = await AlertRig.WithAsync(csm: situation.Csm, strategic: situation.Strategic, live: situation.Live);

        foreach (var step in situation.Steps)
        {
            await step(rig);
            await rig.World.RunAsync();
        }

        Assert.Equal((situation.Told, situation.State), (await rig.ToldAsync(), await rig.StateAsync()));
        var alert = await rig.AlertAsync();
        Assert.Equal(alert is { Stands: true } ? [alert.Id] : [], (await rig.ListAsync()).Select(listed => listed.Id));
        Assert.Equal(
            alert is { Stands: true, Csm: not null } ? [alert.Id] : [],
            (await rig.ListAsync("Zoe@nimbus.example")).Concat(await rig.ListAsync("boss@nimbus.example")).Select(listed => listed.Id)
        );
    }

    private static Func<AlertRig, Task> Finds(RiskLevel level, params FoundCause[] causes) => rig => rig.ReviewAsync(level, causes);

    private static Func<AlertRig, Task> Wait(double hours) => rig => rig.WaitAsync(hours);

    private static Func<AlertRig, Task> Snooze(double hours) => rig => rig.SnoozeAsync(hours);

    private sealed record Situation(
        string Name,
        Func<AlertRig, Task>[] Steps,
        string Told,
        string State,
        bool Strategic = false,
        bool Live = true,
        string? Csm = AlertRig.Csm
    );
}
