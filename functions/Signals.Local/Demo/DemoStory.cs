using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Local.Demo.Cast;
using Signals.Local.Demo.Scripts;

namespace Signals.Local.Demo;

/// <summary>
/// The story of <c>signals demo</c>: 90 days of some hundred customers of Nimbus. The same seed and end give the same story, event by
/// event.
/// </summary>
public sealed class DemoStory
{
    public const int Length = 90;
    public const int DefaultSeed = 20_240_229;

    private readonly int _firstDay;

    /// <param name="model">The model of Nimbus.</param>
    /// <param name="lastDay">The UTC day after the last one on which something happens.</param>
    /// <param name="seed">What chance begins with.</param>
    public DemoStory(ValueModel model, int lastDay, int seed = DefaultSeed)
    {
        _firstDay = lastDay - Length;
        Accounts = new Casting(model, seed).Cast();
    }

    public IReadOnlyList<StoryAccount> Accounts { get; }

    public DateTimeOffset Begins => Days.Start(_firstDay);

    /// <summary>The next days, one after the other. Chance goes on from day to day, so a story is told once.</summary>
    public IEnumerable<StoryDay> Tell()
    {
        for (int index = 0; index < Length; index++)
        {
            var day = new StoryDay(index, Days.Start(_firstDay + index));
            foreach (var account in Accounts)
            {
                foreach (var person in account.People.Where(person => person.JoinsOn == index))
                    account.Script.SignIn(account, person, day);
                if (account.Repriced?.Day == index)
                    Script.Reprice(account, day);
                account.Script.Play(account, day);
            }
            yield return day;
        }
    }
}
