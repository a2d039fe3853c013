using System.Runtime.InteropServices;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.People;

/// <summary>
/// The roles a person was told to have, each with when it was told first and last. Notes come in any order; of many roles the
/// <see cref="Capacity"/> told latest are kept.
/// </summary>
public sealed class RoleTimes
{
    public const int Capacity = 4;

    private readonly List<RoleTime> _roles = [];

    /// <summary>The last change, or null where only one role is known.</summary>
    public RoleChange? Change =>
        _roles is [.., var before, var now]
            // Who went back to an earlier role did so after they were last told to have the other one.
            ? new RoleChange(before.Role, now.Role, before.Last > now.First ? before.Last : now.First)
            : null;

    public void Note(string? role, DateTimeOffset at)
    {
        if (!string.IsNullOrWhiteSpace(role))
            Note(new RoleTime(role.Length > Profile.MaxValueChars ? role[..Profile.MaxValueChars] : role, at, at));
    }

    public void MergeFrom(RoleTimes other)
    {
        foreach (var role in other._roles)
            Note(role);
    }

    public void Write(PackWriter writer)
    {
        writer.Count(_roles.Count);
        foreach (var role in _roles)
        {
            writer.Text(role.Role);
            writer.Time(role.First);
            writer.Time(role.Last);
        }
    }

    public static RoleTimes Read(ref PackReader reader)
    {
        var roles = new RoleTimes();
        for (int count = reader.Count(); count > 0; count--)
            roles._roles.Add(new RoleTime(reader.Text() ?? "", reader.Time(), reader.Time()));
        return roles;
    }

    private void Note(RoleTime told)
    {
        int known = _roles.FindIndex(role => role.Role == told.Role);
        if (known >= 0)
        {
            var role = _roles[known];
            told = told with
            {
                First = role.First < told.First ? role.First : told.First,
                Last = role.Last > told.Last ? role.Last : told.Last,
            };
            _roles.RemoveAt(known);
        }
        _roles.Add(told);
        _roles.Sort((a, b) => a.Last != b.Last ? a.Last.CompareTo(b.Last) : string.CompareOrdinal(a.Role, b.Role));
        if (_roles.Count > Capacity)
            _roles.RemoveAt(0);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct RoleTime(string Role, DateTimeOffset First, DateTimeOffset Last);
}

/// <summary>A person had one role, and from then on another.</summary>
public sealed record RoleChange(string From, string To, DateTimeOffset At);
