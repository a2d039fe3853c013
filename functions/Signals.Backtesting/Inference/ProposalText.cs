using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Signals.Backtesting.Inference;

/// <summary>Writes a proposal as a value model with comments: each line says what it rests on.</summary>
public static class ProposalText
{
    private const int CommentWidth = 136;
    private const int MaxLeftOut = 60;

    public static string Write(ModelProposal proposal)
    {
        var text = new StringBuilder();
        Comment(
            text,
            "",
            $"A value model for {proposal.Product}, proposed by signals{(proposal.Source.Length > 0 ? $" from {proposal.Source}" : "")}."
        );
        Comment(text, "", "Read it as a draft: every line says what it rests on. docs/value-model.md says what each property means.");
        text.AppendLine("{");
        Line(text, $"\"product\": {Json(proposal.Product)},");
        Line(text, $"\"accounts\": {Json(proposal.IsOfGroups ? "group" : "person")}, // {proposal.AccountsWhy}");
        Line(text, $"\"currency\": {Json(proposal.Currency)},");
        Line(text, $"\"timezone\": {Json(proposal.Zone)},");
        Line(text, $"\"locales\": {List(proposal.Locales)},");
        Value(text, proposal);
        Features(text, proposal);
        Reach(text, proposal);
        Steps(text, proposal);
        Friction(text, proposal);
        Answers(text, proposal);
        Money(text, proposal);
        Outreach(text, proposal);
        text.AppendLine("}");
        LeftOut(text, proposal);
        return text.ToString();
    }

    private static void Value(StringBuilder text, ModelProposal proposal)
    {
        text.AppendLine();
        Line(text, "\"value\": {");
        Line(text, $"  \"unit\": {Json(proposal.Value.Unit)},");
        Line(text, "  \"from\": [");
        foreach (var source in proposal.Value.Sources)
        {
            string how = source.Property is { } property
                ? $"\"property\": {Json(property)}{(source.Scale == 1 ? "" : $", \"scale\": {Number(source.Scale)}")}"
                : $"\"amount\": {Number(source.Amount)}";
            Comment(text, "      ", source.Why);
            Line(text, $"    {{ \"event\": {Json(source.Event)}, {how} }},");
        }
        Line(text, "  ],");
        Comment(text, "    ", proposal.Value.Why);
        Line(text, $"  \"floor\": {{ \"amount\": {Number(proposal.Value.Floor)}, \"days\": {proposal.Value.Days} }},");
        Line(text, "},");
    }

    private static void Features(StringBuilder text, ModelProposal proposal)
    {
        if (proposal.Features.Count == 0)
            return;
        text.AppendLine();
        Line(text, "\"features\": [");
        foreach (var feature in proposal.Features)
        {
            Comment(text, "    ", feature.Why);
            string plans = feature.Plans.Count > 0 ? $", \"plans\": {List(feature.Plans)}" : "";
            Line(
                text,
                $"  {{ \"id\": {Json(feature.Id)}, \"name\": {Json(feature.Name)}, \"events\": "
                    + $"{List(feature.Events)}{(feature.IsKey ? ", \"key\": true" : "")}{plans} }},"
            );
        }
        Line(text, "],");
    }

    private static void Reach(StringBuilder text, ModelProposal proposal)
    {
        if (proposal.Reach is not { } reach)
            return;
        text.AppendLine();
        Comment(text, "  ", $"{reach.Counts}; {reach.Why}");
        string distinct = proposal.ReachProperty is { } property ? $", \"distinct\": {Json(property)}" : "";
        Line(text, $"\"reach\": {{ \"events\": [{Json(reach.Name.Name)}]{distinct} }},");
    }

    private static void Steps(StringBuilder text, ModelProposal proposal)
    {
        if (proposal.Steps.Count == 0)
            return;
        text.AppendLine();
        Comment(text, "  ", "In the order in which people come to them.");
        Line(text, "\"onboarding\": [");
        foreach (var step in proposal.Steps)
        {
            Comment(text, "    ", step.Why);
            string tried = step.Tried.Count > 0 ? $", \"tried\": {List(step.Tried)}" : "",
                failed = step.Failed.Count > 0 ? $", \"failed\": {List(step.Failed)}" : "";
            Line(
                text,
                $"  {{ \"id\": {Json(step.Id)}, \"name\": {Json(step.Name)}, \"scope\": "
                    + $"\"{(step.IsOfAccount ? "account" : "person")}\", \"done\": {List(step.Done)}{tried}{failed}, "
                    + $"\"withinDays\": {step.WithinDays} }},"
            );
        }
        Line(text, "],");
    }

    private static void Friction(StringBuilder text, ModelProposal proposal)
    {
        if (proposal.Friction.Count == 0)
            return;
        text.AppendLine();
        Line(text, "\"friction\": [");
        foreach (var (kind, names) in proposal.Friction)
        {
            Comment(text, "    ", string.Join("; ", names.Select(role => $"{role.Name.Name}: {Told(role)}")));
            Line(text, $"  {{ \"id\": {Json(kind)}, \"name\": {Called(kind, proposal.Locales)}, \"events\": {Names(names)} }},");
        }
        Line(text, "],");
    }

    private static string Called(string kind, IReadOnlyList<string> locales) =>
        locales.Count == 1
            ? Json(FrictionNames.Of(kind, locales[0]))
            : $"{{ {string.Join(", ", locales.Select(locale => $"{Json(locale)}: {Json(FrictionNames.Of(kind, locale))}"))} }}";

    private static void Answers(StringBuilder text, ModelProposal proposal)
    {
        var surveys = new List<string>();
        foreach (var (key, role) in ((string, NameRole)[])[("nps", NameRole.Nps), ("csat", NameRole.Csat), ("ces", NameRole.Ces)])
        {
            if (proposal.Of(role) is { Count: > 0 } names)
                surveys.Add($"\"{key}\": {Names(names)}");
        }
        if (surveys.Count > 0)
        {
            text.AppendLine();
            foreach (var role in proposal.Of(NameRole.Nps).Concat(proposal.Of(NameRole.Csat)).Concat(proposal.Of(NameRole.Ces)))
                Comment(text, "  ", $"{role.Name.Name}: {role.Counts}");
            if (proposal.ScoreProperty is { } score)
                surveys.Add($"\"score\": {Json(score)}");
            if (proposal.CommentProperty is { } comment)
                surveys.Add($"\"comment\": {Json(comment)}");
            Line(text, $"\"feedback\": {{ {string.Join(", ", surveys)} }},");
        }
        if (proposal.Of(NameRole.TicketOpened) is { Count: > 0 } opened)
        {
            text.AppendLine();
            Comment(text, "  ", Counts([.. opened, .. proposal.Of(NameRole.TicketAnswered), .. proposal.Of(NameRole.TicketSolved)]));
            string id = proposal.TicketId is { } known ? $", \"id\": {Json(known)}" : "",
                body = proposal.TicketText is { } words ? $", \"text\": {Json(words)}" : "";
            string answered = proposal.Of(NameRole.TicketAnswered) is { Count: > 0 } answers ? $" \"answered\": {Names(answers)}," : "";
            Line(
                text,
                $"\"tickets\": {{ \"opened\": {Names(opened)},{answered} "
                    + $"\"solved\": {Names(proposal.Of(NameRole.TicketSolved))}{id}{body}, "
                    + "\"withinHours\": 48 },"
            );
        }
        Section(text, proposal, NameRole.Leave, names => $"\"intent\": {{ \"leave\": {names} }},");
        string returned = proposal.Of(NameRole.Returned) is { Count: > 0 } back ? $", \"returned\": {Names(back)}" : "";
        Section(text, proposal, NameRole.Churn, names => $"\"churn\": {{ \"events\": {names}{returned} }},");
        if (proposal.Of(NameRole.PersonRemoved) is { Count: > 0 } removed)
        {
            text.AppendLine();
            Comment(text, "  ", Counts([.. removed, .. proposal.Of(NameRole.PersonAdded)]));
            string added = proposal.Of(NameRole.PersonAdded) is { Count: > 0 } names ? $", \"added\": {Names(names)}" : "";
            Line(text, $"\"people\": {{ \"removed\": {Names(removed)}{added} }},");
        }
    }

    private static void Money(StringBuilder text, ModelProposal proposal)
    {
        if (proposal.Of(NameRole.PaymentFailed) is { Count: > 0 } failed)
        {
            text.AppendLine();
            Comment(text, "  ", Counts([.. failed, .. proposal.Of(NameRole.PaymentRecovered)]));
            string amount = proposal.AmountProperty is { } property ? $", \"amount\": {Json(property)}" : "";
            Line(
                text,
                $"\"billing\": {{ \"failed\": {Names(failed)}, \"recovered\": {Names(proposal.Of(NameRole.PaymentRecovered))}{amount} }},"
            );
        }
        if (proposal.Facts.Count > 0)
        {
            text.AppendLine();
            Line(text, "\"facts\": [");
            foreach (var facts in proposal.Facts)
            {
                Comment(text, "    ", facts.Why);
                Line(
                    text,
                    $"  {{ \"event\": {Json(facts.Event)}, "
                        + $"{string.Join(", ", facts.Properties.Select(known => $"\"{known.Fact}\": {Json(known.Property)}"))} }},"
                );
            }
            Line(text, "],");
        }
        if (proposal.Plans.Count == 0)
            return;
        text.AppendLine();
        Line(text, "\"plans\": {");
        foreach (var plan in proposal.Plans)
        {
            string entry = $"{Json(plan.Id)}: {{ \"price\": {(plan.Price is { } price ? Number(price) : "0")} }},";
            Line(text, plan.Price is null ? $"  // {entry}  {plan.Why}; say what it costs a month" : $"  {entry} // {plan.Why}");
        }
        Line(text, "},");
    }

    private static void Outreach(StringBuilder text, ModelProposal proposal)
    {
        text.AppendLine();
        Comment(text, "  ", "Everything is decided and shown, and nothing is sent, until the mode is \"live\".");
        Line(text, "\"outreach\": {");
        Line(text, "  \"mode\": \"dry-run\",");
        Line(
            text,
            proposal.FromEmail is { } from
                ? $"  \"from\": {{ \"email\": {Json(from)}, \"name\": {Json(proposal.Product)} }},"
                : $"  // \"from\": {{ \"email\": \"help@example.com\", \"name\": {Json(proposal.Product)} }},"
        );
        Line(
            text,
            proposal.PostalAddress is { } address
                ? $"  \"postalAddress\": {Json(address)},"
                : "  // \"postalAddress\": \"Company, street, town\","
        );
        Line(text, "},");
        Line(
            text,
            proposal.AlertsTo is { } to ? $"\"alerts\": {{ \"to\": [{Json(to)}] }}," : "// \"alerts\": { \"to\": [\"cs@example.com\"] },"
        );
    }

    private static void LeftOut(StringBuilder text, ModelProposal proposal)
    {
        // A step of the set-up is nothing that is used day by day, and yet it is not left out.
        var steps = proposal.Steps.SelectMany(step => step.Done).ToHashSet(StringComparer.Ordinal);
        var leftOut = proposal.LeftOut.Where(role => !steps.Contains(role.Name.Name)).ToList();
        if (leftOut.Count > 0)
        {
            text.AppendLine();
            text.AppendLine("// Left out, and why:");
            foreach (var role in leftOut.Take(MaxLeftOut))
                Comment(
                    text,
                    "",
                    $"  {role.Name.Name}: {role.Counts}; {(role.Role == NameRole.Noise ? role.Why : "too few people, or too rarely")}"
                );
            if (leftOut.Count > MaxLeftOut)
                text.AppendLine(CultureInfo.InvariantCulture, $"//   and {leftOut.Count - MaxLeftOut} more");
        }
        text.AppendLine();
        text.AppendLine("// What could not be known:");
        foreach (string unknown in proposal.Unknown)
            Comment(text, "", $"  {unknown}");
    }

    private static void Section(StringBuilder text, ModelProposal proposal, NameRole role, Func<string, string> line)
    {
        if (proposal.Of(role) is not { Count: > 0 } names)
            return;
        text.AppendLine();
        foreach (var known in names)
            Comment(text, "  ", $"{known.Name.Name}: {Told(known)}");
        Line(text, line(Names(names)));
    }

    private static string Counts(IEnumerable<NamedRole> roles) =>
        string.Join("; ", roles.Select(role => $"{role.Name.Name}: {role.Counts}"));

    private static string Told(NamedRole role) => role.Name.Count > 0 ? $"{role.Counts}; {role.Why}" : role.Why;

    private static void Line(StringBuilder text, string line) => text.Append("  ").AppendLine(line);

    private static void Comment(StringBuilder text, string indent, string words)
    {
        string rest = string.Concat(words.Select(letter => char.IsControl(letter) ? ' ' : letter));
        while (rest.Length > 0)
        {
            int room = CommentWidth - indent.Length - 3;
            int end =
                rest.Length <= room ? rest.Length
                : rest.LastIndexOf(' ', room) is > 0 and var space ? space
                : room;
            text.Append(indent).Append("// ").AppendLine(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
            if (rest.Length > 0 && words.StartsWith("  ", StringComparison.Ordinal))
                rest = "    " + rest;
        }
    }

    private static string Names(IReadOnlyList<NamedRole> names) => List([.. names.Select(role => role.Name.Name)]);

    private static string List(IReadOnlyList<string> texts) => $"[{string.Join(", ", texts.Select(Json))}]";

    private static string Number(double value) => value.ToString("0.################", CultureInfo.InvariantCulture);

    private static string Json(string text) =>
        $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
