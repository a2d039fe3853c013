using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Activation;

/// <summary>How often customers come back to value, found from data, and who had the habit and left it.</summary>
/// <param name="Days">The product's natural frequency: once in so many days (1, 7, 14 or 30).</param>
/// <param name="Told">Accounts it is told from.</param>
/// <param name="Share">Of these, who come back within it, mostly.</param>
/// <param name="Keeping">Accounts with value in at least three of four such periods before, who had some in the last two as well.</param>
/// <param name="Left">Who had the habit and had nothing in the last two periods, those who pay most first; at most
/// <see cref="MaxListed"/>.</param>
public sealed record HabitMeasure(int Days, int Told, double Share, Proportion Keeping, IReadOnlyList<HabitLeaver> Left)
{
    public const int MaxListed = 30;
}

/// <param name="Id">As the customer sent it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Price">What it pays a month.</param>
/// <param name="Last">The last UTC day with value.</param>
public sealed record HabitLeaver(string Id, string Name, double Price, DateOnly Last);
