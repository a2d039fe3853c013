using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signals.Core.Model.Reading;

/// <summary>Playbooks by cause: what the file says, over the cause's default.</summary>
internal static class PlaybooksSection
{
    private static readonly Dictionary<string, Audience> Audiences = new(StringComparer.Ordinal)
    {
        ["person"] = Audience.Person,
        ["champion"] = Audience.Champion,
        ["admin"] = Audience.Admin,
        ["next-most-active"] = Audience.NextMostActive,
    };

    private static readonly Dictionary<string, RiskLevel?> Alerts = new(StringComparer.Ordinal)
    {
        ["always"] = RiskLevel.Healthy,
        ["watch"] = RiskLevel.Watch,
        ["at-risk"] = RiskLevel.AtRisk,
        ["critical"] = RiskLevel.Critical,
        ["never"] = null,
    };

    /// <summary>A mail cannot be taken back for a card, so that a card comes first or not at all.</summary>
    private static readonly (string[] Names, MessageChannels Channels)[] Orders =
    [
        (["mail"], MessageChannels.Mail),
        (["in-app"], MessageChannels.InApp),
        (["in-app", "mail"], MessageChannels.InAppThenMail),
    ];

    /// <summary>How a customer hears something, in order.</summary>
    public static readonly Expected<MessageChannels> Channels = new(
        $"{string.Join(" or ", Orders.Select(order => $"[{string.Join(", ", order.Names.Select(ModelNode.Quote))}]"))}, in this order",
        static (ModelNode node, out MessageChannels channels) =>
        {
            var found = Array.Find(
                Orders,
                order =>
                    node.Kind == JsonValueKind.Array
                    && node.Items.TrueForAll(item => item.Kind == JsonValueKind.String)
                    && node.Items.Select(item => item.Text).SequenceEqual(order.Names, StringComparer.Ordinal)
            );
            channels = found.Channels;
            return found.Names is not null;
        },
        static () => new JsonObject { ["enum"] = new JsonArray([.. Orders.Select(order => ListOf(order.Names))]) }
    )
    {
        Write = channels => ListOf(Array.Find(Orders, order => order.Channels == channels).Names),
    };

    private static readonly Dictionary<string, AfterDismissed> AfterDismissals = new(StringComparer.Ordinal)
    {
        ["nothing"] = AfterDismissed.Nothing,
        ["mail"] = AfterDismissed.Mail,
    };

    public static IReadOnlyDictionary<string, Playbook> Read(
        ObjectReader model,
        BillingDefinition billing,
        IReadOnlyList<CauseSection> causes
    )
    {
        var usual = causes.ToDictionary(cause => cause.Id, cause => cause.PlaybookFor(billing), StringComparer.Ordinal);
        return model.Object(
                "playbooks",
                playbooks =>
                    causes.ToDictionary(
                        cause => cause.Id,
                        cause => playbooks.Object(cause.Id, playbook => ReadPlaybook(playbook, usual[cause.Id])) ?? usual[cause.Id],
                        StringComparer.Ordinal
                    )
            ) ?? usual;
    }

    private static Playbook ReadPlaybook(ObjectReader playbook, Playbook usual)
    {
        var read = usual with
        {
            Message = playbook.Read("message", Expect.OrNull(Expect.Id), usual.Message),
            Alternative = playbook.Read("alternative", Expect.OrNull(Expect.Id), usual.Alternative),
            FollowUp = ReadFollowUp(playbook, usual.FollowUp),
            To = playbook.Read("to", Expect.OneOf(Audiences), usual.To),
            NextStep = ReadNextStep(playbook, usual.NextStep),
            Only = playbook.Ids("only", ReferenceKind.Segment),
            Except = playbook.Ids("except", ReferenceKind.Segment),
            Goal = ReadGoal(playbook, usual.Goal),
            GoalDays = playbook.Read("goalDays", Expect.Whole("days", 1, 365), usual.GoalDays),
            CooldownDays = playbook.Read("cooldownDays", Expect.Whole("days", 0, 365), usual.CooldownDays),
            Priority = playbook.Read("priority", Expect.Whole("a priority", 0, 100), usual.Priority),
            Alert = playbook.Read("alert", Expect.OneOf(Alerts), usual.Alert),
            Channels = playbook.Read("channels", Channels, usual.Channels),
            MailAfterHours = playbook.Read("mailAfterHours", Expect.Whole("hours", 1, 720), usual.MailAfterHours),
            AfterDismissed = playbook.Read("afterDismissed", Expect.OneOf(AfterDismissals), usual.AfterDismissed),
        };
        if (read.Only.Intersect(read.Except, StringComparer.Ordinal).FirstOrDefault() is { } both)
            playbook.RefuseProperty("except", "segments that \"only\" does not have", $"{ModelNode.Quote(both)}, which is in both");
        if (read.FollowUp is { } followUp && (followUp.Message == read.Message || followUp.Message == read.Alternative))
        {
            string[] said = ["followUp", "message", "alternative"];
            playbook.RefuseProperty(said.First(playbook.Has), "another template than the other messages' of the playbook");
        }
        return read;
    }

    private static NextStep? ReadNextStep(ObjectReader playbook, NextStep? usual)
    {
        if (!playbook.Has("nextStep"))
            return usual;
        return playbook.IsNull("nextStep")
            ? null
            : playbook.Object(
                "nextStep",
                static step => new NextStep(step.RequireText("url", Expect.Link), step.ReadText("label", Expect.Name))
            );
    }

    private static JsonArray ListOf(string[] names) => new([.. names.Select(name => JsonValue.Create(name))]);

    private static FollowUp? ReadFollowUp(ObjectReader playbook, FollowUp? usual)
    {
        if (!playbook.Has("followUp"))
            return usual;
        return playbook.IsNull("followUp")
            ? null
            : playbook.Object(
                "followUp",
                followUp => new FollowUp(
                    followUp.Require("message", Expect.Id, ""),
                    followUp.Read("days", Expect.Whole("days", 1, 90), usual?.Days ?? FollowUp.UsualDays)
                )
            );
    }

    private static Goal? ReadGoal(ObjectReader playbook, Goal? usual)
    {
        if (!playbook.Has("goal"))
            return usual;
        return playbook.IsNull("goal") ? null : playbook.Object("goal", ReadGoal);
    }

    private static Goal ReadGoal(ObjectReader goal)
    {
        goal.Tell("floor", () => new JsonObject { ["const"] = true });
        var read = new Goal(
            goal.Read<string?>("event", Expect.EventName!, null),
            ReadSubject(goal, "step", ReferenceKind.Step),
            ReadSubject(goal, "feature", ReferenceKind.Feature),
            goal.ReadOptional("floor", Expect.Flag, fallback: true) == true
        );

        string[] kinds = ["event", "step", "feature", "floor"];
        goal.TellRule("minProperties", () => JsonValue.Create(1));
        goal.TellRule("maxProperties", () => JsonValue.Create(1));
        var named = kinds.Count(goal.Has);
        if (named != 1)
            goal.Refuse(named == 0 ? "no goal" : $"{named} goals", $"exactly one of {string.Join(", ", kinds.Select(ModelNode.Quote))}");
        else if (goal.Has("floor") && !read.Floor)
            goal.RefuseProperty("floor", "true, or another goal");
        return read;
    }

    private static string? ReadSubject(ObjectReader goal, string name, ReferenceKind kind)
    {
        var id = goal.Read<string?>(name, Expect.IdOrAny!, null);
        if (id is not null and not Goal.Any)
            goal.References.Name(kind, goal.Find(name)!.Value);
        return id;
    }
}
