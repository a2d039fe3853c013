namespace Signals.Core.State.Seen;

/// <summary>A name that the model reads.</summary>
/// <param name="Kind">Whose name.</param>
/// <param name="Event">The event whose property it is; null for other kinds.</param>
/// <param name="Name">As it must be sent.</param>
/// <param name="Uses">What for, as places in the model: <c>value</c>, <c>features.export</c>, <c>feedback.nps</c>.</param>
/// <param name="IsOptional">True when the model is whole without it: nobody wrote it into the model, or it only adds to something.</param>
public sealed record NameInUse(NameKind Kind, string? Event, string Name, IReadOnlyList<string> Uses, bool IsOptional)
{
    /// <summary>True when it is the same name with other capitals, spaces and signs: those that say who wants no mail.</summary>
    public bool IsInAnySpelling { get; init; }

    /// <summary>True when it is one of many ways to say a thing that no model wrote down: nobody misses it.</summary>
    public bool IsUsual { get; init; }
}
