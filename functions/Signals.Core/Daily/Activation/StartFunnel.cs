using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Activation;

/// <summary>Of those who came, how many did each step, in the model's order, and had a first value.</summary>
/// <param name="Plan">In lower case; null for everybody, empty for no plan.</param>
/// <param name="Came">Accounts that came since beginnings are known, and whose time for the steps is over.</param>
/// <param name="Steps">By step of the model that is done once for the account.</param>
/// <param name="Valued">Who had a first value.</param>
public sealed record StartFunnel(string? Plan, int Came, IReadOnlyList<StepShare> Steps, Proportion Valued);

/// <param name="Step">The step's id.</param>
/// <param name="Done">Who did it, of who came.</param>
/// <param name="MedianDays">Days until half had done it; null where half have not.</param>
public sealed record StepShare(string Step, Proportion Done, int? MedianDays);
