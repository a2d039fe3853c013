using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// What a rule found: how sure it is (0 to 1), what exactly it is about, and why. The evidence is put into words when somebody asks: a look
/// at days to come asks for the finding only.
/// </summary>
public sealed class RuleFinding(double confidence, string? detail, Func<IReadOnlyList<Evidence>> explain)
{
    private IReadOnlyList<Evidence>? _evidence;

    public double Confidence { get; } = confidence;

    public string? Detail { get; } = detail;

    /// <summary>Rules of accounts: the keys of the people it is about; null for the account as a whole.</summary>
    public IReadOnlyList<string>? People { get; init; }

    /// <summary>Rules of accounts: the keys of the people that its evidence names, whose rows are read for what they are called.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>Rules of accounts: the causes that follow from this one, and are told after it where it is sure.</summary>
    public IReadOnlyList<string> Explains { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence => _evidence ??= explain();
}
