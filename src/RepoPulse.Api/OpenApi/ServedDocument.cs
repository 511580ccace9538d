using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using RepoPulse.Api.Http;

namespace RepoPulse.Api.OpenApi;

/// <summary>The document's bytes, made at the first request: it never changes while the server runs, and making it is dear.</summary>
internal sealed class ServedDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    private volatile Made? _made;

    public async Task WriteAsync(HttpContext context)
    {
        // Two first requests at once make the same document twice, which harms nobody.
        var made = _made ??= await MakeAsync(context.RequestAborted);
        await Replies.JsonAsync(context, made.Json, made.EntityTag);
    }

    private async Task<Made> MakeAsync(CancellationToken cancellationToken)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        var json = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n") + "\n");
        return new Made(json, EntityTags.Of(json));
    }

    private sealed record Made(byte[] Json, string EntityTag);
}
