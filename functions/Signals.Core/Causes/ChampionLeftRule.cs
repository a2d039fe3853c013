using Signals.Core.Accounts;
using Signals.Core.Model;
using Signals.Core.Phrases;
using Signals.Core.Reviews;

namespace Signals.Core.Causes;

/// <summary>The person who carried the account has had no value for a while, and nobody has taken over what they did.</summary>
/// <remarks>
/// Confidence is 1 minus the Poisson probability of no day with value in that time at the person's own earlier rate, so that somebody who came
/// now and then is not missed too soon; times how much of the account they carried, half of it being full.
/// </remarks>
public sealed class ChampionLeftRule : IAccountRule
{
    /// <summary>The account's value at this share of its earlier level means that others have taken over.</summary>
    private const double TakenOver = 0.9;

    private const double FullShare = 0.5;

    public string Cause => CauseIds.ChampionLeft;

    public RuleFinding? Assess(AccountContext context)
    {
        var settings = context.Model.Causes.ChampionLeft;
        if (!context.Account.Key.IsGroup || context.People.Reviewed < settings.People)
            return null;
        RuleFinding? best = null;
        foreach (var carrier in context.People.Carriers)
        {
            if (Assess(context, carrier, settings) is { } finding && (best is null || finding.Confidence > best.Confidence))
                best = finding;
        }
        return best;
    }

    private static RuleFinding? Assess(AccountContext context, CarryingPerson carrier, ChampionLeftSettings settings)
    {
        int silent = context.Yesterday - carrier.LastDay, from = carrier.LastDay - settings.BaselineDays + 1;
        if (silent < settings.SilentDays || silent > settings.SilentDays + settings.BaselineDays || !context.KnowsValueFrom(from))
            return null;
        double whole = context.Usage.Value(from, carrier.LastDay);
        double share = whole > 0 ? Math.Min(1, carrier.Value / whole) : 0;
        double level = context.Usage.Value(carrier.LastDay - settings.SilentDays + 1, carrier.LastDay);
        double since = context.Usage.Value(context.Today - settings.SilentDays, context.Yesterday);
        if (share < settings.Share || since >= TakenOver * level)
            return null;
        double rate = (double)carrier.Days / settings.BaselineDays;
        double confidence = (1 - Math.Exp(-rate * silent)) * Math.Min(1, share / FullShare);
        string who = new PersonKey(carrier.Person).ProvisionalId;
        return new RuleFinding(confidence, null, () =>
        [
            new Evidence(
                Phrase.Of(
                    $"{who}, who carried {Format.Percent(share)} of the value, was last seen getting any on {Days.Date(carrier.LastDay)}",
                    $"{who}, qui portait {Format.Percent(share)} de la valeur, en a obtenu pour la dernière fois le {Days.Date(carrier.LastDay)}"),
                Phrase.Of($"{Format.DayCount(silent)} silent", $"{Format.DayCount(silent)} de silence"),
                Phrase.Of($"value on {Format.Amount(rate * silent)} of these days", $"de la valeur sur {Format.Amount(rate * silent)} de ces jours"), Days.Date(carrier.LastDay)),
            Next(context, carrier),
        ])
        { People = [carrier.Person] };
    }

    /// <summary>Who could take over.</summary>
    private static Evidence Next(AccountContext context, CarryingPerson carrier)
    {
        var expected = new Phrase("somebody to carry it on", "quelqu’un pour prendre la suite");
        if (context.People.Leaders.FirstOrDefault(leader => leader.Person != carrier.Person) is not { } next)
            return new Evidence(new Phrase("nobody else gets value now", "personne d’autre n’obtient de valeur à présent"), new Phrase("nobody", "personne"), expected, null);
        string who = new PersonKey(next.Person).ProvisionalId;
        return new Evidence(
            Phrase.Of($"{who} gets most value now, and could be next", $"{who} obtient le plus de valeur à présent et pourrait prendre la suite"),
            Phrase.Of($"{Format.Amount(next.Value)} {context.Model.Value.Unit}"), expected, null);
    }
}
