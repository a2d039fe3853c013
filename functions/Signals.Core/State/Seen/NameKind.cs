namespace Signals.Core.State.Seen;

/// <summary>Whose names are counted. The names of the kinds are stored.</summary>
public enum NameKind
{
    /// <summary>Events, as track, page and screen name them.</summary>
    Event,

    /// <summary>Properties of the events that the model reads properties of, each by its event and its own name.</summary>
    Property,

    /// <summary>Traits that identify calls carried.</summary>
    PersonTrait,

    /// <summary>Traits that group calls carried.</summary>
    AccountTrait,

    /// <summary>SDKs, as "name/version".</summary>
    Sdk,

    /// <summary>Rules that put events into quarantine: where the fault was, and what was expected there.</summary>
    Quarantined,

    /// <summary>Properties of all other events, counted apart: however many there are push out none of <see cref="Property"/>.</summary>
    OtherProperty,
}
