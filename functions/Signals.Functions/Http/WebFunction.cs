using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Signals.Functions.Http;

/// <summary>Every request, whatever its method and path. Who may ask for what is decided by the web face, as on one machine.</summary>
public sealed class WebFunction(WebFace face)
{
    [Function("web")]
    public async Task<IResult> AnswerAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request)
    {
        await face.AnswerAsync(request.HttpContext);
        return Results.Empty;
    }
}
