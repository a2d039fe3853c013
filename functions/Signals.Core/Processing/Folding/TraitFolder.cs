using System.Collections.Frozen;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// Keeps traits in the profiles of people and accounts, and what a device tells. A browser's word is weighed: what is for a server to say
/// counts for nothing, or not until a server says it too, and is noted.
/// </summary>
internal sealed class TraitFolder(ValueModel model)
{
    /// <summary>Traits that the model's rules about who is no customer ask for; true where all of them believe browsers.</summary>
    private readonly FrozenDictionary<string, bool> _ruleTraits = model
        .People.LeaveOut.SelectMany(rule => rule.Traits.Keys.Select(trait => (Trait: trait, rule.BelievesBrowsers)))
        .GroupBy(read => read.Trait, read => read.BelievesBrowsers, StringComparer.Ordinal)
        .ToFrozenDictionary(reads => reads.Key, reads => reads.All(believes => believes), StringComparer.Ordinal);

    /// <summary>Traits of accounts that segments ask for, beside those that are kept anyway.</summary>
    private readonly FrozenSet<string> _segmentTraits = model
        .Segments.SelectMany(segment => segment.Traits.Keys)
        .Where(trait => !Profile.Known.Contains(trait))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Keeps what an identify event says of a person.</summary>
    public void Fold(PersonState person, UsageEvent usageEvent, EventTie tie, ICollection<LeftOutNote>? leftOut)
    {
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            string name = reader.NameText;
            if (!Profile.Known.Contains(name) && !_ruleTraits.ContainsKey(name))
                continue;
            string? value = reader.Text();
            string? keptAs = KeptAs(usageEvent, name, value, _ruleTraits.ContainsKey(name));
            NotePassedOver(usageEvent, person.Profile, name, value, keptAs, IsUnheard(name, value), leftOut);
            if (keptAs is not { } kept)
                continue;
            NoteUnclear(name, value, leftOut);
            if (person.Profile.Set(kept, value, usageEvent.Timestamp, tie.Value) && name == Traits.Email)
                person.HasNewWish = true;
            if (name == Traits.Role)
                person.Roles.Note(value, usageEvent.Timestamp);
        }
    }

    /// <summary>Keeps what a group event, or an identify event of an account of one, says of an account.</summary>
    public void Fold(AccountState account, UsageEvent usageEvent, EventTie tie, ICollection<LeftOutNote>? leftOut)
    {
        var reader = new PayloadReader(usageEvent.Payload);
        while (reader.Next())
        {
            string name = reader.NameText;
            if (Profile.Known.Contains(name))
                FoldFact(account, name, reader.Text(), usageEvent, tie, leftOut);
            else if (_segmentTraits.Contains(name))
                FoldSegmentTrait(account, name, reader.Text(), usageEvent, tie);
        }
    }

    /// <summary>Keeps a trait that a segment asks for: a browser's word holds until a server says another.</summary>
    private static void FoldSegmentTrait(AccountState account, string trait, string? value, UsageEvent usageEvent, EventTie tie)
    {
        if (KeptAs(usageEvent, trait, value, tellsCustomers: true) is { } kept)
            account.Profile.Set(kept, value, usageEvent.Timestamp, tie.Value);
    }

    /// <summary>Keeps one trait of an account; plan and price by day too.</summary>
    public static void FoldFact(
        AccountState account,
        string trait,
        string? value,
        UsageEvent usageEvent,
        EventTie tie,
        ICollection<LeftOutNote>? leftOut
    )
    {
        string? keptAs = KeptAs(usageEvent, trait, value, tellsCustomers: false);
        NotePassedOver(usageEvent, account.Profile, trait, value, keptAs, isUnheard: false, leftOut);
        if (keptAs is not { } kept)
            return;
        NoteUnclear(trait, value, leftOut);
        account.Profile.Set(kept, value, usageEvent.Timestamp, tie.Value);
        if (trait == Traits.Plan && !string.IsNullOrEmpty(value))
            account.Plans.Note(Days.Of(usageEvent.Timestamp), value);
        if (kept == trait)
            account.Prices.Note(trait, value, usageEvent.Timestamp);
    }

    /// <summary>Keeps what the device says of language and time zone, whatever the event.</summary>
    public static void FoldDevice(PersonState person, UsageEvent usageEvent, EventTie tie, ICollection<LeftOutNote>? leftOut)
    {
        if (usageEvent is { Locale: null, TimeZone: null })
            return;
        ulong hash = tie.Value;
        if (usageEvent.Locale is { } locale)
            person.Profile.Set(Traits.DeviceLocale, locale, usageEvent.Timestamp, hash);
        if (usageEvent.TimeZone is { } zone)
        {
            NoteUnclear(Traits.TimeZone, zone, leftOut);
            person.Profile.Set(Traits.DeviceTimeZone, zone, usageEvent.Timestamp, hash);
        }
    }

    /// <summary>Under which name a trait is kept; null when it is not for this sender to say.</summary>
    private static string? KeptAs(UsageEvent usageEvent, string trait, string? value, bool tellsCustomers) =>
        usageEvent.FromBrowser ? BrowserWords.KeptAs(trait, value, tellsCustomers) : trait;

    /// <summary>True for a browser's word by which a rule would tell who is no customer, did it believe browsers.</summary>
    private bool IsUnheard(string trait, string? value) =>
        (_ruleTraits.TryGetValue(trait, out bool isBelieved) && !isBelieved)
        || (trait == Traits.Email && model.People.LeaveOut.Any(rule => !rule.BelievesBrowsers && rule.HasDomain(value)));

    /// <summary>Notes a browser's word that counts for nothing, or not until a server says it too.</summary>
    private static void NotePassedOver(
        UsageEvent usageEvent,
        Profile profile,
        string trait,
        string? value,
        string? keptAs,
        bool isUnheard,
        ICollection<LeftOutNote>? leftOut
    )
    {
        if (leftOut is null || !usageEvent.FromBrowser)
            return;
        bool waits = keptAs != trait && (trait == Traits.Unsubscribed || IsOutranked(profile.Told(trait), value));
        if (keptAs is null || isUnheard || waits)
            leftOut.Add(new LeftOutNote(LeftOutKind.Browser, trait, null));
    }

    private static bool IsOutranked(string? told, string? value) =>
        told is not null && !string.Equals(told, value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Notes a trait that is kept and means nothing. What is written in no way at all is none, and no news.</summary>
    private static void NoteUnclear(string trait, string? value, ICollection<LeftOutNote>? leftOut)
    {
        if (leftOut is null || string.IsNullOrWhiteSpace(value))
            return;
        if (Traits.Moments.Contains(trait) && !TraitTime.Read(value).IsClear)
            leftOut.Add(LeftOutNote.OfValue(LeftOutRules.Date, $"{trait} '{value}'"));
        else if (trait == Traits.TimeZone && ZoneNames.Find(value) is null)
            leftOut.Add(LeftOutNote.OfValue(LeftOutRules.TimeZone, $"'{value}'"));
        else if (trait == Traits.Email && PersonState.ProblemOf(value) is { } problem)
            leftOut.Add(LeftOutNote.OfValue(LeftOutRules.Email, problem));
    }
}
