using System.Diagnostics.CodeAnalysis;

namespace Signals.Core.Model.Reading;

/// <summary>The model, or every mistake that stands in its way, in the order of the file. Never both, never neither.</summary>
public sealed record ModelReading(ValueModel? Model, IReadOnlyList<ModelError> Errors)
{
    [MemberNotNullWhen(true, nameof(Model))]
    public bool IsValid => Model is not null;
}
