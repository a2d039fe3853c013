using Microsoft.AspNetCore.Identity;
using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// The team and its passkeys as ASP.NET Core's check of passkeys asks for them. It only looks: what becomes of a key,
/// <see cref="PasskeyDesk"/> writes.
/// </summary>
internal sealed class PasskeyUsers(TeamUsers users, PasskeyBook keys) : IUserPasskeyStore<TeamUser>
{
    public Task<string> GetUserIdAsync(TeamUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(TeamUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Address);

    /// <summary>Whose access ended is nobody here.</summary>
    public async Task<TeamUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        await users.GetAsync(userId, cancellationToken) is { IsActive: true } user ? user : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(TeamUser user, CancellationToken cancellationToken) =>
        [.. (await keys.ListAsync(user.Id, cancellationToken)).Select(key => key.Info)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(TeamUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await keys.FindAsync(user.Id, credentialId, cancellationToken))?.Info;

    /// <summary>
    /// Nobody: a key is looked for among those of the user whom it names itself, so that one which two users hold lets each of them in as
    /// themselves, and one's own is refused a second time when it is added.
    /// </summary>
    public Task<TeamUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult<TeamUser?>(null);

    public void Dispose() { }

    public Task AddOrUpdatePasskeyAsync(TeamUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Unasked();

    public Task RemovePasskeyAsync(TeamUser user, byte[] credentialId, CancellationToken cancellationToken) => throw Unasked();

    public Task<TeamUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Unasked();

    public Task<string?> GetNormalizedUserNameAsync(TeamUser user, CancellationToken cancellationToken) => throw Unasked();

    public Task SetUserNameAsync(TeamUser user, string? userName, CancellationToken cancellationToken) => throw Unasked();

    public Task SetNormalizedUserNameAsync(TeamUser user, string? normalizedName, CancellationToken cancellationToken) => throw Unasked();

    public Task<IdentityResult> CreateAsync(TeamUser user, CancellationToken cancellationToken) => throw Unasked();

    public Task<IdentityResult> UpdateAsync(TeamUser user, CancellationToken cancellationToken) => throw Unasked();

    public Task<IdentityResult> DeleteAsync(TeamUser user, CancellationToken cancellationToken) => throw Unasked();

    private static NotSupportedException Unasked() => new("Checking a passkey only looks people and keys up.");
}
