using System.Collections.Frozen;
using Signals.Core.Model;

namespace Signals.Core.Intake.Events;

/// <summary>
/// What the model says of events before anything is known of their people: which ids are nobody's, and what a crawler caused.
/// </summary>
public sealed class IntakeRules
{
    private readonly FrozenSet<string> _meaningless;
    private readonly LeaveOutRule[] _crawlers;

    public IntakeRules(IdDefinition ids, PeopleDefinition people)
    {
        _meaningless = IdDefinition
            .Usual.Select(IdDefinition.Bare)
            .Except(ids.Allowed.Select(IdDefinition.Bare), StringComparer.Ordinal)
            .Concat(ids.Meaningless.Select(IdDefinition.Bare))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _crawlers = [.. people.LeaveOut.Where(rule => rule.UserAgents.Count > 0)];
    }

    public IntakeRules(ValueModel model)
        : this(model.Ids, model.People) { }

    /// <summary>Those of a model that says nothing of it.</summary>
    public static IntakeRules Usual { get; } = new(new IdDefinition(), new PeopleDefinition());

    /// <summary>True when no user agent matters.</summary>
    internal bool ReadsNoUserAgent => _crawlers.Length == 0;

    /// <summary>True for a word that programs send when they have no id, whatever its case, with space or quotes around it.</summary>
    internal bool IsMeaningless(string id)
    {
        var bare = id.AsSpan().Trim(" \t\"'");
        return _meaningless.Contains(id)
            || (bare.Length < id.Length && _meaningless.GetAlternateLookup<ReadOnlySpan<char>>().Contains(bare));
    }

    /// <summary>The rule that leaves out what this user agent did; null for none.</summary>
    internal string? RuleOf(string userAgent)
    {
        foreach (var rule in _crawlers)
        {
            if (rule.HasUserAgent(userAgent))
                return rule.Name;
        }
        return null;
    }
}
