using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>The people that a review looks at next: as many as one transaction holds.</summary>
/// <param name="People">Those who were read, each once.</param>
/// <param name="DueRows">Rows of the due index that brought them here, or that lead to nobody any more: they go.</param>
/// <param name="More">Whether more people wait after these.</param>
public sealed record PeopleRead(IReadOnlyList<PersonState> People, IReadOnlyList<(int Day, PersonKey Person)> DueRows, bool More)
{
    public static PeopleRead Nobody { get; } = new([], [], false);

    public bool IsEmpty => People.Count + DueRows.Count == 0;
}
