using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.PersonFiles;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.People;

/// <summary>All that is known of a person as a file, to hand over.</summary>
internal sealed class PersonDownload(PersonDesk desk) : IDashboardDownload
{
    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        string id =
            request.One(PersonPage.IdField) ?? throw ApiRefusal.BadParameter(PersonPage.IdField, "nothing", "an id or a mail address");
        var file = await desk.ReadAsync(id, request.Reader.Name, request.Cancellation);
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"person.json\"";
        await JsonSerializer.SerializeAsync(response.Body, file, PersonFileJson.Default.PersonFile, request.Cancellation);
    }
}
