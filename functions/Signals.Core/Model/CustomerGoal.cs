using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>
/// Something that customers come for, measured where events can see it: who says one of <paramref name="Words"/> in the account's trait
/// <c>goal</c> has come for it, and is there with <paramref name="Amount"/> of <paramref name="Events"/> in <paramref name="Days"/> days.
/// </summary>
/// <param name="Id">The model's name for it.</param>
/// <param name="Name">What it is called, to the customer too.</param>
/// <param name="Words">Words of the trait; case and accents do not count.</param>
/// <param name="Events">What counts toward it, each time.</param>
/// <param name="Amount">So many of them.</param>
/// <param name="Days">Within so many days.</param>
public sealed record CustomerGoal(
    string Id,
    LocalText Name,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Events,
    double Amount,
    int Days
);
