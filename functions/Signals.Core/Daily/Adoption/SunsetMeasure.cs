using Signals.Core.Platform.Statistics;

namespace Signals.Core.Daily.Adoption;

/// <summary>
/// Who has moved on from something that is being retired. Of the accounts that used it since it was announced, or shortly before: those
/// that use the replacement and the old one no more have moved, those that use both are on the way, the others wait.
/// </summary>
/// <param name="Feature">The model's id of what ends.</param>
/// <param name="Moved">Accounts that have moved, of all that used it.</param>
/// <param name="Moving">Accounts that use both.</param>
/// <param name="Waiting">Accounts that have not used the replacement.</param>
/// <param name="Left">Who still has to move, those who wait first, then by what they pay: the first <see cref="MaxListed"/>.</param>
/// <param name="Arrived">Who has moved, by what they pay: the first <see cref="MaxListed"/>.</param>
public sealed record SunsetMeasure(
    string Feature,
    Proportion Moved,
    int Moving,
    int Waiting,
    IReadOnlyList<SunsetAccount> Left,
    IReadOnlyList<SunsetAccount> Arrived
)
{
    public const int MaxListed = 50;
}

/// <summary>An account that used what is retired.</summary>
/// <param name="Id">As the customer sent it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Price">What it pays a month.</param>
/// <param name="LastUsed">When it last used what ends (UTC).</param>
/// <param name="ReplacedSince">When it first used the replacement since the announcement; null while it has not.</param>
public sealed record SunsetAccount(string Id, string Name, double Price, DateOnly LastUsed, DateOnly? ReplacedSince);
