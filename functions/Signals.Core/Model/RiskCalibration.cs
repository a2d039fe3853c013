namespace Signals.Core.Model;

/// <summary>
/// The risk score as fitted on history (<c>risk</c> in the model, written by <c>signals calibrate</c>): a logistic regression over the
/// review's own features, which gives the probability that an account churns within <see cref="HorizonDays"/> days.
/// </summary>
public sealed record RiskCalibration
{
    /// <summary>When it was fitted, a UTC date.</summary>
    public required DateOnly Date { get; init; }

    public required int HorizonDays { get; init; }

    public required CalibrationData Data { get; init; }

    /// <summary>Log-odds of an account whose every feature is at its centre.</summary>
    public required double Intercept { get; init; }

    /// <summary>By feature id. A cause that is not named keeps its weight by reason; any other feature weighs nothing.</summary>
    public IReadOnlyDictionary<string, FeatureWeight> Weights { get; init; } =
        new Dictionary<string, FeatureWeight>(StringComparer.Ordinal);

    /// <summary>
    /// By feature id: the log-odds that it adds at rising values of it, straight between them and level beyond. What earlier versions of
    /// Signals wrote as <see cref="Weights"/>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CurvePoint>> Curves { get; init; } =
        new Dictionary<string, IReadOnlyList<CurvePoint>>(StringComparer.Ordinal);

    /// <summary>
    /// The share that churned within the horizon of any day of the history; null where an earlier version wrote the file.
    /// </summary>
    public double? BaseRate { get; init; }

    /// <summary>
    /// The time after the horizon, interval by interval; empty where the history tells too little, or an earlier version wrote the file.
    /// </summary>
    public IReadOnlyList<LaterHazard> Later { get; init; } = [];

    public required RiskThresholds Levels { get; init; }

    public CalibrationFigures? CrossValidated { get; init; }
}

/// <summary>Log-odds for each <paramref name="Scale"/> that a feature lies above its <paramref name="Centre"/>.</summary>
public sealed record FeatureWeight(double Weight, double Centre, double Scale);

/// <summary>A point of a curve: what a feature adds at a value of it.</summary>
public sealed record CurvePoint(double At, double Adds);

/// <summary>The probabilities from which each level holds, rising.</summary>
public sealed record RiskThresholds(double Watch, double AtRisk, double Critical);

/// <summary>The history that was fitted.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Sha256">The file's hash, in hexadecimal; null when unknown.</param>
/// <param name="Accounts">Accounts assessed.</param>
/// <param name="Churned">Of those, how many churned within the horizon of a cut.</param>
public sealed record CalibrationData(string Name, string? Sha256, int Accounts, int Churned);

/// <summary>
/// What the fit reached on accounts that it had not seen, with 95% intervals by account, and the plain regression on event counts under
/// the same folds.
/// </summary>
public sealed record CalibrationFigures(
    int Folds,
    double Auc,
    double AucFrom,
    double AucTo,
    double AveragePrecision,
    double TopDecileLift,
    double Brier,
    double ReferenceAuc
);
