using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.State.Audit;

namespace Signals.Web.Api;

/// <summary>
/// Gives out what is known of one person, to the API and to the dashboard. That it was given out is noted in the audit trail, to whom and
/// when.
/// </summary>
internal sealed class PersonDesk(PersonFinder finder, PersonFileReader files, AuditLog audit, TimeProvider clock)
{
    /// <summary>Throws <see cref="ApiRefusal"/> when there is nobody, or when an address is that of several people.</summary>
    public async Task<PersonFile> ReadAsync(string idOrAddress, string who, CancellationToken cancellationToken)
    {
        var file = await files.ReadAsync(await FindAsync(idOrAddress, cancellationToken), cancellationToken);
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), who, "person.exported", file.Id), cancellationToken);
        return file;
    }

    private async Task<FoundPerson> FindAsync(string idOrAddress, CancellationToken cancellationToken) =>
        await finder.FindAsync(idOrAddress, cancellationToken) switch
        {
            [] => throw ApiRefusal.NotFound("person", idOrAddress),
            [var one] => one,
            var several => throw new ApiRefusal(
                StatusCodes.Status409Conflict,
                $"Found {several.Count} people at that address, expected one: ask for each by its id, which is "
                    + $"{string.Join(", ", several.Take(10).Select(person => $"'{person.Key.ProvisionalId}'"))}."
            ),
        };
}
